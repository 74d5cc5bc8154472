package public

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/id"
	"kezhi/internal/setting"
)

// seal makes what only this installation can make: the digest a case is found by, and handles of uploads.
type seal struct{ secret []byte }

// sealed gives the installation's seal; its secret is made at the first use and kept in the database.
func (s *Service) sealed(ctx context.Context) (*seal, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.seal != nil {
		return s.seal, nil
	}
	var out *seal
	err := s.db.InTx(ctx, func(q db.Q) error {
		var err error
		out, err = keepSeal(ctx, q, clock.Micros(s.now()))
		return err
	})
	if err != nil {
		return nil, err
	}
	s.seal = out
	return out, nil
}

// keepSeal gives the installation's seal in a transaction; its secret is made when there is none yet.
func keepSeal(ctx context.Context, q db.Q, now int64) (*seal, error) {
	secret, err := setting.Secret(ctx, q, settingSecret, now)
	if err != nil {
		return nil, err
	}
	return &seal{secret}, nil
}

func (s *seal) mac(parts ...string) string {
	h := hmac.New(sha256.New, s.secret)
	_, _ = h.Write([]byte(strings.Join(parts, "\n"))) // never fails
	return hex.EncodeToString(h.Sum(nil))
}

// access gives the digest of a number and a phone together.
func (s *seal) access(number, phone string) string { return s.mac("case", number, phone) }

// handle names an upload so that nobody else can.
func (s *seal) handle(fileID int64) string {
	text := id.String(fileID)
	return text + "-" + s.mac("file", text)
}

// file gives the upload a handle names.
func (s *seal) file(handle string) (int64, bool) {
	text, _, ok := strings.Cut(handle, "-")
	n, err := strconv.ParseInt(text, 10, 64)
	return n, ok && err == nil && n > 0 && hmac.Equal([]byte(handle), []byte(s.handle(n)))
}

// files gives the uploads some handles name.
func (s *seal) files(v *errs.Validation, handles []string, path string) []int64 {
	v.Check(len(handles) <= MaxFiles, path, "public.too_many_files", "max", MaxFiles)
	var out []int64
	for _, h := range handles {
		n, ok := s.file(h)
		v.Check(ok, path, "public.unknown_file")
		out = append(out, n)
	}
	return out
}

// answers checks that a stranger answers only what was asked, and puts the numbers of uploads in the places of their
// handles. Whether the answers are good is the engine's to say.
func (s *seal) answers(v *errs.Validation, fields []flow.Field, given flow.Answers, at string) flow.Answers {
	out := flow.Answers{}
	known := map[string]bool{}
	for i := range fields {
		f := &fields[i]
		known[f.Key] = f.Key != phoneField || f.Type != flow.FieldText || at != "answers."
		a, ok := given[f.Key]
		switch {
		case !ok:
			continue
		case f.Type == flow.FieldFile:
			a = flow.Answer{}
			for _, n := range s.files(v, given[f.Key].Each(), at+f.Key) {
				a.Many = append(a.Many, id.String(n))
			}
		case f.Type == flow.FieldList:
			rows := make([]flow.Answers, len(a.Rows))
			for j, row := range a.Rows {
				rows[j] = s.answers(v, f.Fields, row, at+f.Key+"."+strconv.Itoa(j)+".")
			}
			a.Rows = rows
		}
		out[f.Key] = a
	}
	for key := range given {
		v.Check(known[key], at+key, "act.unknown_field", "field", short(key))
	}
	return out
}
