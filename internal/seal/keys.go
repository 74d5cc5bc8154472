package seal

import (
	"context"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"slices"
	"strconv"
	"sync"
	"time"

	"golang.org/x/crypto/chacha20poly1305"

	"kezhi/internal/audit"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// freshFor is how long a process may seal with a data key before it looks whether another process made a newer one.
const freshFor = 5 * time.Second

// Keys are the data keys of an installation, open in memory.
type Keys struct {
	db    *db.DB
	now   clock.Clock
	log   *slog.Logger
	conf  Config
	dir   string // the data folder
	holds []Holder

	mu     sync.RWMutex
	master string // id of the master key in use
	open   map[int64]cipher.AEAD
	active int64
	mark   []byte
	rows   []row
	read   time.Time
}

// Open reads the master key and opens the data keys with it. An installation without data keys gets them, and where the key is to
// be in a file that does not exist, the file. Errors: seal.missing, seal.wrong, seal.bad_key, seal.cannot_write, seal.server.
func Open(ctx context.Context, d *db.DB, c Config, dataDir string, now clock.Clock, log *slog.Logger) (*Keys, error) {
	k := &Keys{db: d, now: now, log: log, conf: c, dir: dataDir}
	rows, err := loadRows(ctx, d.Read())
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		if err := k.create(ctx); err != nil {
			return nil, err
		}
	}
	return k, k.refresh(ctx, d.Read(), true)
}

// create makes the first data keys, and the master key where it is to be a file that is not there.
func (k *Keys) create(ctx context.Context) error {
	source, where := k.conf.place(k.dir)
	m, err := k.current()
	if source == FromFile && errors.Is(err, fs.ErrNotExist) {
		if m, err = WriteMaster(where, ""); err == nil {
			k.log.WarnContext(ctx, "a master key was made: copy it to a place apart from the data and its backups, which cannot be opened without it", "path", where)
		}
	}
	if err != nil {
		return k.explain(err)
	}
	fresh := []row{}
	for _, purpose := range []string{purposeSeal, purposeMark} {
		x, err := k.newRow(ctx, m, purpose)
		if err != nil {
			return err
		}
		fresh = append(fresh, x)
	}
	return k.db.InTx(ctx, func(q db.Q) error {
		for _, x := range fresh {
			if err := insertRow(ctx, q, x); err != nil {
				return err
			}
		}
		return nil
	})
}

func (k *Keys) newRow(ctx context.Context, m Master, purpose string) (row, error) {
	var key [keySize]byte
	_, _ = rand.Read(key[:]) // never fails
	x := row{id: id.New(k.now()), purpose: purpose, master: m.ID(), at: k.now()}
	var err error
	x.wrapped, err = m.Wrap(ctx, key[:], x.about())
	return x, err
}

// about is what the wrapped form of a key is bound to.
func (x row) about() string { return "kezhi data key " + x.purpose + " " + strconv.FormatInt(x.id, 10) }

// current gives the master key of the configuration.
func (k *Keys) current() (Master, error) {
	switch source, where := k.conf.place(k.dir); source {
	case FromEnv:
		return ParseMaster(k.conf.Text, where)
	case FromServer:
		return newTransit(k.conf.Server)
	default:
		return readMaster(where)
	}
}

// candidates gives the master keys at hand, the one of the configuration first: data keys may still be under one before it.
func (k *Keys) candidates() ([]Master, error) {
	first, err := k.current()
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var out []Master
	if err == nil {
		out = append(out, first)
	}
	// A change of the master key that was cut short between the database and the file.
	if next, ok := k.next(); ok {
		out = append(out, next)
	}
	if k.conf.PreviousText != "" {
		p, err := ParseMaster(k.conf.PreviousText, "KEZHI_MASTER_KEY_PREVIOUS")
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	if k.conf.PreviousFile != "" {
		p, err := readMaster(k.conf.PreviousFile)
		if errors.Is(err, fs.ErrNotExist) {
			err = errs.Wrap(err, errs.Invalid, "file.not_found", "path", k.conf.PreviousFile)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	if len(out) == 0 {
		return nil, err
	}
	return out, nil
}

// next gives the master key that is about to take the place of the one in the file.
func (k *Keys) next() (Master, bool) {
	source, where := k.conf.place(k.dir)
	if source != FromFile {
		return nil, false
	}
	m, err := readMaster(where + nextEnding)
	return m, err == nil
}

// explain says what to do about a key file that is not there.
func (k *Keys) explain(err error) error {
	if !errors.Is(err, fs.ErrNotExist) || errs.CodeOf(err) == "file.not_found" {
		return err
	}
	_, where := k.conf.place(k.dir)
	return errs.Wrap(err, errs.Invalid, "seal.missing", "place", where)
}

// refresh opens the data keys as they are in the database now, with the master keys at hand. move has what is not under the one of the
// configuration put under it, in a transaction of its own.
func (k *Keys) refresh(ctx context.Context, q db.Q, move bool) error {
	rows, err := loadRows(ctx, q)
	if err != nil {
		return err
	}
	masters, err := k.candidates()
	if err != nil {
		return k.explain(err)
	}
	target := masters[0]
	if next, ok := k.next(); ok && slices.ContainsFunc(rows, func(x row) bool { return x.master == next.ID() }) {
		target = next
	}
	raw, err := k.unwrap(ctx, rows, masters)
	if err != nil {
		return err
	}
	if move {
		if err := k.under(ctx, target, rows, raw); err != nil {
			return err
		}
		if err := k.settle(target); err != nil {
			return err
		}
	}
	return k.take(rows, raw, target)
}

// unwrap opens data keys, all or none.
func (k *Keys) unwrap(ctx context.Context, rows []row, masters []Master) (map[int64][]byte, error) {
	byID := map[string]Master{}
	for _, m := range masters {
		byID[m.ID()] = m
	}
	out := make(map[int64][]byte, len(rows))
	for _, x := range rows {
		m := byID[x.master]
		if m == nil {
			_, where := k.conf.place(k.dir)
			return nil, errs.New(errs.Invalid, "seal.wrong", "place", where, "have", masters[0].ID(), "want", x.master)
		}
		key, err := m.Unwrap(ctx, x.wrapped, x.about())
		if errs.CodeOf(err) == "seal.server" {
			return nil, err
		}
		if err != nil {
			return nil, errs.Wrap(err, errs.Invalid, "seal.damaged", "id", id.String(x.id))
		}
		out[x.id] = key
	}
	return out, nil
}

// under puts the data keys that another master key wrapped under this one, all or none.
func (k *Keys) under(ctx context.Context, m Master, rows []row, raw map[int64][]byte, told ...audit.Entry) error {
	type moved struct {
		from    row
		wrapped string
	}
	var list []moved
	for i, x := range rows {
		if x.master == m.ID() {
			continue
		}
		wrapped, err := m.Wrap(ctx, raw[x.id], x.about())
		if err != nil {
			return err
		}
		list = append(list, moved{x, wrapped})
		rows[i].wrapped, rows[i].master = wrapped, m.ID()
	}
	if len(list) == 0 {
		return nil
	}
	return k.db.InTx(ctx, func(q db.Q) error {
		for _, x := range list {
			if err := rewrap(ctx, q, x.from, x.wrapped, m.ID()); err != nil {
				return err
			}
		}
		return audit.Write(ctx, q, k.now(), told...)
	})
}

// take makes the data keys those in use.
func (k *Keys) take(rows []row, raw map[int64][]byte, m Master) error {
	open := make(map[int64]cipher.AEAD, len(rows))
	var active int64
	var mark []byte
	for _, x := range rows {
		if x.purpose == purposeMark {
			mark = raw[x.id]
			continue
		}
		a, err := chacha20poly1305.NewX(raw[x.id])
		if err != nil {
			return err
		}
		if open[x.id] = a; x.state == "active" {
			active = x.id
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.open, k.active, k.mark, k.rows, k.master, k.read = open, active, mark, rows, m.ID(), k.now()
	return nil
}

// nextEnding is of the file of a master key that is about to take the place of the one before.
const nextEnding = ".next"

// settle puts the next key file in the place of the one before once the data keys are under it. The one before stays beside it, under
// its name: backups from before need it.
func (k *Keys) settle(now Master) error {
	next, ok := k.next()
	if !ok || next.ID() != now.ID() {
		return nil
	}
	_, path := k.conf.place(k.dir)
	if old, err := readMaster(path); err == nil {
		if err := os.Link(path, path+"."+old.ID()); err != nil && !errors.Is(err, fs.ErrExist) {
			return errs.Wrap(err, errs.Unavailable, "seal.cannot_write", "path", path, "problem", err.Error())
		}
	}
	// Another process may have been quicker.
	if err := os.Rename(path+nextEnding, path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return errs.Wrap(err, errs.Unavailable, "seal.cannot_write", "path", path, "problem", err.Error())
	}
	return nil
}

// Active gives the data key that seals now.
func (k *Keys) Active(ctx context.Context) (int64, error) { return k.activeIn(ctx, k.db.Read()) }

func (k *Keys) activeIn(ctx context.Context, q db.Q) (int64, error) {
	if q == nil {
		q = k.db.Read()
	}
	k.mu.RLock()
	since := k.now().Sub(k.read)
	active := k.active
	k.mu.RUnlock()
	if since >= 0 && since < freshFor {
		return active, nil
	}
	// Only whether another process made a newer key; unwrapping may ask a key server.
	var newest int64
	err := db.Get(ctx, q, "SELECT id FROM data_key WHERE purpose = ? AND state = 'active'", []any{purposeSeal}, &newest)
	if err != nil {
		return 0, err
	}
	if newest != active {
		if err := k.refresh(ctx, q, false); err != nil {
			return 0, err
		}
		return newest, nil
	}
	k.mu.Lock()
	k.read = k.now()
	k.mu.Unlock()
	return active, nil
}

// key gives an open data key, which another process may have made a moment ago. Error: seal.unknown_key.
func (k *Keys) key(ctx context.Context, q db.Q, keyID int64) (cipher.AEAD, error) {
	if q == nil {
		q = k.db.Read()
	}
	for again := false; ; again = true {
		k.mu.RLock()
		a := k.open[keyID]
		k.mu.RUnlock()
		if a != nil {
			return a, nil
		}
		if again {
			return nil, errs.New(errs.Unavailable, "seal.unknown_key", "id", id.String(keyID))
		}
		if err := k.refresh(ctx, q, false); err != nil {
			return nil, err
		}
	}
}
