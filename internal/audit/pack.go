package audit

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// What a pack holds at most.
const (
	packEntries = 10_000
	packRecords = 200
)

// The names of what lies in a pack.
const (
	packManifest   = "manifest.note"
	packCheckpoint = "checkpoint.note"
	packKeys       = "keys"
	packLines      = "entries.jsonl"
	packReadme     = "README.txt"
)

// PackEntry is an entry in a pack, with every field its hash covers and the proof that it is in the tree of the checkpoint.
type PackEntry struct {
	Seq        int64       `json:"seq"`
	At         int64       `json:"at"` // microseconds since 1970, UTC
	ActorID    int64       `json:"actor_id"`
	ActorName  string      `json:"actor_name"`
	Action     string      `json:"action"`
	Entity     string      `json:"entity"`
	EntityID   string      `json:"entity_id"`
	CustomerID int64       `json:"customer_id"`
	Detail     string      `json:"detail"` // the JSON as it was hashed
	RequestID  string      `json:"request_id"`
	Prev       string      `json:"prev_hash"`
	Hash       string      `json:"hash"`
	Proof      []tlog.Hash `json:"proof"`
}

func packed(r Record, proof tlog.RecordProof) PackEntry {
	return PackEntry{
		Seq: r.Seq, At: clock.Micros(r.At), ActorID: r.ActorID, ActorName: r.ActorName, Action: r.Action, Entity: r.Entity, EntityID: r.ID,
		CustomerID: r.CustomerID, Detail: string(r.Detail), RequestID: r.Request, Prev: r.Prev, Hash: r.Hash, Proof: proof,
	}
}

func (e PackEntry) record() Record {
	return Record{
		Seq: e.Seq, At: clock.FromMicros(e.At), ActorID: e.ActorID, ActorName: e.ActorName, Action: e.Action, Entity: e.Entity, ID: e.EntityID,
		CustomerID: e.CustomerID, Detail: json.RawMessage(e.Detail), Request: e.RequestID, Prev: e.Prev, Hash: e.Hash,
	}
}

// RecordOf gives the present record of a customer for a pack, as a value for JSON; the composition root provides it.
type RecordOf func(ctx context.Context, customerID int64) (any, error)

// Pack is checked evidence, ready to be written.
type Pack struct {
	k       *Keeper
	signer  note.Signer
	by      string
	purpose string
	at      time.Time
	entries []PackEntry
	mark    *Checkpoint
	records map[string][]byte
}

// PreparePack chooses entries by a filter, signs a checkpoint that covers them and proves each to be in it. purpose says what
// the pack is for. The making is written to the log. Needs audit.read. Errors: those of Sign, audit.pack_purpose,
// audit.pack_empty, audit.pack_too_large.
func (k *Keeper) PreparePack(ctx context.Context, f Filter, purpose string, record RecordOf) (*Pack, error) {
	actor, err := authz.Require(ctx, authz.AuditRead)
	if err != nil {
		return nil, err
	}
	purpose = oneLine(purpose)
	if purpose == "" || len(purpose) > 500 {
		return nil, errs.New(errs.Invalid, "audit.pack_purpose")
	}
	chosen, err := k.choose(ctx, f)
	if err != nil {
		return nil, err
	}
	detail := map[string]any{"entries": len(chosen), "purpose": purpose}
	err = k.db.InTx(ctx, func(q db.Q) error {
		return Write(ctx, q, k.now(), Entry{Action: "audit.pack", Entity: "audit", Detail: detail})
	})
	if err != nil {
		return nil, err
	}
	p := &Pack{k: k, by: oneLine(actor.Name), purpose: purpose, at: k.now().UTC().Truncate(time.Second), records: map[string][]byte{}}
	if p.mark, err = k.Sign(ctx); err != nil {
		return nil, err
	}
	if p.signer, err = k.signer(); err != nil {
		return nil, err
	}
	seqs := make([]int64, len(chosen))
	for i, r := range chosen {
		seqs[i] = r.Seq
	}
	proved, err := proofs(ctx, k.db.Read(), p.mark.Entries, seqs)
	if err != nil {
		return nil, err
	}
	for _, r := range chosen {
		p.entries = append(p.entries, packed(r, proved[r.Seq]))
	}
	return p, p.gather(ctx, record)
}

// oneLine makes a text fit into a line of what is signed.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, ""), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

// choose gives the entries of a filter in the order of the chain.
func (k *Keeper) choose(ctx context.Context, f Filter) ([]Record, error) {
	var out []Record
	for {
		next, err := f.each(ctx, k.db.Read(), func(r Record) bool {
			out = append(out, r)
			return len(out) <= packEntries
		})
		if err != nil {
			return nil, err
		}
		if len(out) > packEntries {
			return nil, errs.New(errs.TooLarge, "audit.pack_too_large", "max", packEntries)
		}
		if f.Before = next; next == 0 {
			break
		}
	}
	if len(out) == 0 {
		return nil, errs.New(errs.Invalid, "audit.pack_empty")
	}
	slices.Reverse(out)
	return out, nil
}

// gather reads the records of the customers the entries concern. One that cannot be read (it was merged, or whoever makes the
// pack may not see it) is left out; its entries are not.
func (p *Pack) gather(ctx context.Context, record RecordOf) error {
	for _, e := range p.entries {
		name := "records/customer-" + id.String(e.CustomerID) + ".json"
		if _, have := p.records[name]; e.CustomerID == 0 || have || len(p.records) == packRecords {
			continue
		}
		v, err := record(ctx, e.CustomerID)
		if kind := errs.KindOf(err); err != nil && (kind == errs.NotFound || kind == errs.Forbidden) {
			continue
		}
		if err != nil {
			return err
		}
		if p.records[name], err = json.MarshalIndent(v, "", "  "); err != nil {
			return fmt.Errorf("encoding a record: %w", err)
		}
	}
	return nil
}

// Entries says how many entries the pack holds.
func (p *Pack) Entries() int { return len(p.entries) }

// Write writes the zip file. The manifest, which is signed, comes last and names every other file with its SHA-256.
func (p *Pack) Write(_ context.Context, w io.Writer) error {
	keys, err := p.k.PublicKeys()
	if err != nil {
		return err
	}
	var lines bytes.Buffer
	enc := json.NewEncoder(&lines)
	enc.SetEscapeHTML(false)
	for _, e := range p.entries {
		if err := enc.Encode(e); err != nil {
			return err
		}
	}
	parts := map[string][]byte{
		packReadme: []byte(packReadmeText), packLines: lines.Bytes(), packCheckpoint: p.mark.Note, packKeys: []byte(strings.Join(keys, "\n") + "\n"),
	}
	for name, b := range p.records {
		parts[name] = b
	}
	text := fmt.Sprintf("kezhi audit pack\nmade %s\nby %s\nfor %s\nentries %d\n", p.at.Format(time.RFC3339), p.by, p.purpose, len(p.entries))
	z := zip.NewWriter(w)
	names := make([]string, 0, len(parts))
	for name := range parts {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		sum := sha256.Sum256(parts[name])
		text += hex.EncodeToString(sum[:]) + " " + name + "\n"
		if err := p.add(z, name, parts[name]); err != nil {
			return err
		}
	}
	signed, err := note.Sign(&note.Note{Text: text}, p.signer)
	if err != nil {
		return fmt.Errorf("signing the manifest: %w", err)
	}
	return errors.Join(p.add(z, packManifest, signed), z.Close())
}

func (p *Pack) add(z *zip.Writer, name string, b []byte) error {
	f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: p.at})
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return err
}

// PackProof is what the proof of a pack found.
type PackProof struct {
	Entries int
	Records int
	Made    time.Time
	By, For string
	Mark    Checkpoint
	Keys    []string // by which it was proved
	Known   bool     // the keys came from whoever proves, not from the pack itself
}

// packPart is how large a file of a pack may be unpacked, in bytes.
const packPart = 256 << 20

// VerifyPack proves a pack: the signature of the manifest, every file against it, the signature of the checkpoint, the hash of
// every entry and its place in the tree. trusted are the public keys to believe; without any, those in the pack are taken, which
// proves that nothing was altered since, and not by whom it was made. Error: audit.pack_broken.
func VerifyPack(r io.ReaderAt, size int64, trusted []string) (PackProof, error) {
	p, err := verifyPack(r, size, trusted)
	if err != nil {
		return p, errs.Wrap(err, errs.Conflict, "audit.pack_broken", "problem", err.Error())
	}
	return p, nil
}

func verifyPack(r io.ReaderAt, size int64, trusted []string) (PackProof, error) {
	p := PackProof{Keys: trusted, Known: len(trusted) > 0}
	parts, err := readPack(r, size)
	if err != nil {
		return p, err
	}
	if !p.Known {
		p.Keys = strings.Fields(string(parts[packKeys]))
	}
	n, err := openNote(parts[packManifest], p.Keys)
	if err != nil {
		return p, fmt.Errorf("%s: %w", packManifest, err)
	}
	delete(parts, packManifest)
	if err := p.readManifest(n.Text, parts); err != nil {
		return p, err
	}
	if p.Mark, err = readCheckpoint(parts[packCheckpoint], p.Keys); err != nil {
		return p, fmt.Errorf("%s: %w", packCheckpoint, err)
	}
	want := p.Entries
	p.Entries = 0
	for d := json.NewDecoder(bytes.NewReader(parts[packLines])); d.More(); p.Entries++ {
		var e PackEntry
		if err := d.Decode(&e); err != nil {
			return p, fmt.Errorf("%s: %w", packLines, err)
		}
		if err := e.prove(p.Mark); err != nil {
			return p, fmt.Errorf("entry %d: %w", e.Seq, err)
		}
	}
	if p.Entries != want {
		return p, fmt.Errorf("%d entries of %d", p.Entries, want)
	}
	return p, nil
}

func (e PackEntry) prove(mark Checkpoint) error {
	if e.record().digest() != e.Hash {
		return errors.New("the hash is not that of the content")
	}
	return tlog.CheckRecord(e.Proof, mark.Entries, mark.Root, e.Seq-1, tlog.RecordHash([]byte(e.Hash)))
}

func readPack(r io.ReaderAt, size int64) (map[string][]byte, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, err
	}
	parts := map[string][]byte{}
	for _, f := range z.File {
		if _, twice := parts[f.Name]; twice || len(parts) > packRecords+10 {
			return nil, fmt.Errorf("%s: too many files", f.Name)
		}
		in, err := f.Open()
		if err != nil {
			return nil, err
		}
		b, err := io.ReadAll(io.LimitReader(in, packPart+1))
		if err = errors.Join(err, in.Close()); err != nil || len(b) > packPart {
			return nil, fmt.Errorf("%s: %d bytes: %w", f.Name, len(b), err)
		}
		parts[f.Name] = b
	}
	return parts, nil
}

// readManifest reads the head of the manifest and holds every file against its line.
func (p *PackProof) readManifest(text string, parts map[string][]byte) error {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) < 5 || lines[0] != "kezhi audit pack" {
		return errors.New("not the manifest of a pack")
	}
	var err error
	if p.Made, err = time.Parse("made "+time.RFC3339, lines[1]); err != nil {
		return err
	}
	p.By, p.For = strings.TrimPrefix(lines[2], "by "), strings.TrimPrefix(lines[3], "for ")
	if p.Entries, err = strconv.Atoi(strings.TrimPrefix(lines[4], "entries ")); err != nil {
		return err
	}
	for _, line := range lines[5:] {
		sum, name, _ := strings.Cut(line, " ")
		b, ok := parts[name]
		have := sha256.Sum256(b)
		if !ok || hex.EncodeToString(have[:]) != sum {
			return fmt.Errorf("%s is missing or altered", name)
		}
		if strings.HasPrefix(name, "records/") {
			p.Records++
		}
	}
	if len(parts) != len(lines)-5 {
		return errors.New("there is a file that the manifest does not name")
	}
	return nil
}

const packReadmeText = `客制审计证据包 / Evidence from the audit log of Kezhi

entries.jsonl    每行一条审计记录：哈希覆盖的全部字段、前一条的哈希、本条哈希，以及它在签名存证的 Merkle 树中的证明。
                 One entry a line: every field its hash covers, the hash before it, its own, and the proof of its place in the signed tree.
checkpoint.note  签名存证（C2SP tlog-checkpoint 格式）：记录总数、树根、最后一条的哈希、时间。
                 The signed checkpoint: number of entries, root of the tree, hash of the last entry, moment.
records/         有关客户在制作时的档案。 The records of the customers concerned, as they stood when the pack was made.
keys             公钥，请与单位另行公布的公钥核对。 The public keys; compare them with those the organisation gave you by another way.
manifest.note    签名清单：制作时间、制作人、用途、每个文件的 SHA-256。 Signed: when, by whom, what for, and the SHA-256 of every file.

核对 / To prove it:
    kezhi verify --pack FILE --key KEYS

不用本程序也能核对：哈希是 SHA-256，内容依次为 prev_hash、seq、at、actor_id、actor_name、action、entity、entity_id、customer_id、
detail、request_id，各写作“字节数:内容”；树按 RFC 6962，叶子是十六进制哈希文本；签名是 Ed25519（golang.org/x/mod/sumdb/note）。
Without this program: a hash is the SHA-256 of prev_hash, seq, at, actor_id, actor_name, action, entity, entity_id, customer_id, detail
and request_id, each written as "bytes:content"; the tree is that of RFC 6962 over the hexadecimal hashes as text; signatures are Ed25519
in the format of golang.org/x/mod/sumdb/note.
`
