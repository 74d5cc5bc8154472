package audit

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
)

// JobSign proves the chain and signs how far it goes, once a day.
const JobSign = "audit.sign"

// Checkpoint is a signed statement of how far the chain had come at a moment.
type Checkpoint struct {
	Chain
	Origin string // the name of the key that signed
	At     time.Time
	Note   []byte // the signed text, as it is kept and handed on
}

// Keeper signs checkpoints of the chain and keeps them in a folder beside the database: the key (key), the public keys that
// ever signed here (keys, one a line), and checkpoints/, one file each. The text of a checkpoint is that of C2SP tlog-checkpoint
// (name, number of entries, root of the tree), with two lines more: the hash of the last entry, and the moment.
type Keeper struct {
	db  *db.DB
	dir string
	key string
	now clock.Clock
	loc *time.Location
}

// NewKeeper makes a keeper over a folder, which need not exist yet. key is the file of the signing key, "" for the one in the
// folder; it is made when the first checkpoint is signed. loc is where the days of searches begin.
func NewKeeper(d *db.DB, dir, key string, now clock.Clock, loc *time.Location) *Keeper {
	if key == "" {
		key = filepath.Join(dir, "key")
	}
	return &Keeper{db: d, dir: dir, key: key, now: now, loc: loc}
}

// Dir gives the folder, for whoever takes a copy of what is in it.
func (k *Keeper) Dir() string { return k.dir }

// Prove walks the whole chain, holds it against every checkpoint and asks the database for its triggers. trusted are the public
// keys to believe; none means those in the folder. It gives the newest checkpoint too, nil when there is none.
// Errors: audit.broken (an entry that does not fit), audit.cut (entries that were signed are gone), audit.rewritten (the chain
// fits in itself and is not what was signed), audit.unguarded, audit.checkpoint_invalid.
func (k *Keeper) Prove(ctx context.Context, trusted ...string) (Chain, *Checkpoint, error) {
	// Checkpoints first: one that is signed during the walk may be of entries the walk does not see.
	marks, err := k.Checkpoints(trusted...)
	if err != nil {
		return Chain{}, nil, err
	}
	var last *Checkpoint
	held := int64(0)
	at := 0
	w, err := walk(ctx, k.db.Read(), &walker{}, func(w *walker) error {
		for ; at < len(marks) && marks[at].Entries == w.entries; at++ {
			if c := w.chain(); c != marks[at].Chain {
				return errs.New(errs.Conflict, "audit.rewritten", "seq", held+1, "upto", w.entries, "at", marks[at].At.Format(time.RFC3339))
			}
			held, last = w.entries, &marks[at]
		}
		return nil
	})
	chain := w.chain()
	if err != nil {
		return chain, last, err
	}
	if at < len(marks) {
		m := marks[len(marks)-1]
		return chain, last, errs.New(errs.Conflict, "audit.cut", "seq", chain.Entries+1, "signed", m.Entries, "at", m.At.Format(time.RFC3339))
	}
	return chain, last, Guarded(ctx, k.db)
}

// Sign proves the whole chain and signs how far it goes. Without entries, or when nothing was written since the last
// checkpoint, nothing new is signed. Errors: those of Prove, audit.key.
func (k *Keeper) Sign(ctx context.Context) (*Checkpoint, error) {
	chain, last, err := k.Prove(ctx)
	if err != nil || chain.Entries == 0 || (last != nil && last.Entries == chain.Entries) {
		return last, err
	}
	signer, err := k.signer()
	if err != nil {
		return nil, err
	}
	c := Checkpoint{Chain: chain, Origin: signer.Name(), At: k.now().UTC().Truncate(time.Second)}
	if c.Note, err = note.Sign(&note.Note{Text: c.text()}, signer); err != nil {
		return nil, fmt.Errorf("signing a checkpoint: %w", err)
	}
	path := filepath.Join(k.dir, "checkpoints", fmt.Sprintf("%016d.note", c.Entries))
	return &c, keep(path, c.Note)
}

func (c Checkpoint) text() string {
	return fmt.Sprintf("%s\n%d\n%s\nchain %s\nat %s\n", c.Origin, c.Entries, base64.StdEncoding.EncodeToString(c.Root[:]), c.Head, c.At.UTC().Format(time.RFC3339))
}

// ReadCheckpoint checks a signed text against public keys. Error: audit.checkpoint_invalid.
func ReadCheckpoint(text []byte, trusted []string) (Checkpoint, error) {
	c, err := readCheckpoint(text, trusted)
	if err != nil {
		return c, errs.Wrap(err, errs.Conflict, "audit.checkpoint_invalid", "path", "", "problem", err.Error())
	}
	return c, nil
}

func readCheckpoint(text []byte, trusted []string) (c Checkpoint, err error) {
	n, err := openNote(text, trusted)
	if err != nil {
		return c, err
	}
	lines := strings.Split(strings.TrimSuffix(n.Text, "\n"), "\n")
	if len(lines) != 5 {
		return c, errors.New("not five lines")
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return c, errors.New("no root")
	}
	c = Checkpoint{Origin: lines[0], Note: text, Chain: Chain{Head: strings.TrimPrefix(lines[3], "chain "), Root: tlog.Hash(root)}}
	if c.Entries, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return c, err
	}
	if c.At, err = time.Parse("at "+time.RFC3339, lines[4]); err != nil {
		return c, err
	}
	if c.text() != n.Text {
		return c, errors.New("not the text of a checkpoint")
	}
	return c, nil
}

// openNote proves that a text was signed by one of some keys.
func openNote(text []byte, trusted []string) (*note.Note, error) {
	var list []note.Verifier
	for _, key := range trusted {
		v, err := note.NewVerifier(strings.TrimSpace(key))
		if err != nil {
			return nil, fmt.Errorf("public key %q: %w", key, err)
		}
		list = append(list, v)
	}
	return note.Open(text, note.VerifierList(list...))
}

// Checkpoints gives all that were kept, by the number of entries, each proved to be signed by a trusted key (see Prove).
func (k *Keeper) Checkpoints(trusted ...string) ([]Checkpoint, error) {
	if len(trusted) == 0 {
		var err error
		if trusted, err = k.PublicKeys(); err != nil {
			return nil, err
		}
	}
	paths, err := filepath.Glob(filepath.Join(k.dir, "checkpoints", "*.note"))
	if err != nil {
		return nil, err
	}
	var out []Checkpoint
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, errs.Wrap(err, errs.Unavailable, "audit.folder", "path", path, "problem", err.Error())
		}
		c, err := readCheckpoint(text, trusted)
		if err != nil {
			return nil, errs.Wrap(err, errs.Conflict, "audit.checkpoint_invalid", "path", path, "problem", err.Error())
		}
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b Checkpoint) int {
		if a.Entries != b.Entries {
			return int(a.Entries - b.Entries)
		}
		return a.At.Compare(b.At)
	})
	return out, nil
}

// PublicKeys gives the keys that ever signed here, oldest first.
func (k *Keeper) PublicKeys() ([]string, error) {
	b, err := os.ReadFile(filepath.Join(k.dir, "keys"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, errs.Wrap(err, errs.Unavailable, "audit.folder", "path", k.dir, "problem", err.Error())
	}
	return strings.Fields(string(b)), nil
}

// signer reads the signing key, or makes one. Its public half is among the keys of the folder afterwards.
func (k *Keeper) signer() (note.Signer, error) {
	text, err := os.ReadFile(k.key)
	if errors.Is(err, fs.ErrNotExist) {
		text, err = k.newKey()
	}
	if err != nil {
		return nil, errs.Wrap(err, errs.Unavailable, "audit.key", "path", k.key, "problem", err.Error())
	}
	signing, public, _ := bytes.Cut(bytes.TrimSpace(text), []byte("\n"))
	signer, err := note.NewSigner(string(signing))
	if err != nil {
		return nil, errs.Wrap(err, errs.Unavailable, "audit.key", "path", k.key, "problem", err.Error())
	}
	have, err := k.PublicKeys()
	if err != nil || slices.Contains(have, string(public)) {
		return signer, err
	}
	return signer, keep(filepath.Join(k.dir, "keys"), []byte(strings.Join(append(have, string(public)), "\n")+"\n"))
}

// newKey writes a new key, both halves; when another process was quicker, its key is the one.
func (k *Keeper) newKey() ([]byte, error) {
	var tail [4]byte
	if _, err := rand.Read(tail[:]); err != nil {
		return nil, err
	}
	signing, public, err := note.GenerateKey(rand.Reader, "kezhi-"+hex.EncodeToString(tail[:]))
	if err != nil {
		return nil, err
	}
	tmp := k.key + "." + hex.EncodeToString(tail[:])
	if err := keep(tmp, []byte(signing+"\n"+public+"\n")); err != nil {
		return nil, err
	}
	err = os.Link(tmp, k.key)
	_ = os.Remove(tmp)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	return os.ReadFile(k.key)
}

// keep writes a file so that it is there whole or not at all, for the owner of the process only.
func keep(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return errs.Wrap(err, errs.Unavailable, "audit.folder", "path", path, "problem", err.Error())
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".new-")
	if err != nil {
		return errs.Wrap(err, errs.Unavailable, "audit.folder", "path", path, "problem", err.Error())
	}
	_, err = f.Write(content)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return errs.Wrap(err, errs.Unavailable, "audit.folder", "path", path, "problem", err.Error())
	}
	return nil
}

// Kept gives the paths of what a backup takes of the folder: the checkpoints and the public keys. The signing key stays: whoever
// gets hold of a backup must not be able to sign.
func (k *Keeper) Kept() ([]string, error) {
	paths, err := filepath.Glob(filepath.Join(k.dir, "checkpoints", "*.note"))
	if err != nil {
		return nil, err
	}
	keys := filepath.Join(k.dir, "keys")
	if _, err := os.Stat(keys); err == nil {
		paths = append(paths, keys)
	}
	return paths, nil
}
