package training

import (
	"context"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/sheet"
)

// Outcome counts what taking certificates over did.
type Outcome struct{ Added, Unchanged int64 }

// Import takes over certificates issued elsewhere, all or none; what is there already stays. Needs training.manage. Error: invalid_input,
// its fields named items[3].login.
func (s *Service) Import(ctx context.Context, list []Issued) (Outcome, error) {
	actor, err := authz.Require(ctx, authz.TrainingManage)
	if err != nil {
		return Outcome{}, err
	}
	var out Outcome
	err = s.db.InTx(ctx, func(q db.Q) error {
		out = Outcome{}
		known, err := logins(ctx, q)
		if err != nil {
			return err
		}
		if err := checkIssued(list, s.Today(), known); err != nil {
			return err
		}
		now := s.now()
		for i := range list {
			in := &list[i]
			fresh, err := insertCertificate(ctx, q, &Certificate{
				ID: id.New(now), UserID: known[in.Login], Topic: in.Topic, Title: in.Title, Number: in.Number, IssuedOn: in.IssuedOn, ExpiresOn: in.ExpiresOn,
				CreatedBy: actor.UserID, CreatedAt: clock.Micros(now),
			})
			if err != nil {
				return err
			}
			if fresh {
				out.Added++
			} else {
				out.Unchanged++
			}
		}
		return audit.Write(ctx, q, now, audit.Entry{Action: "training.import", Entity: "training_certificate", Detail: map[string]any{"added": out.Added, "unchanged": out.Unchanged}})
	})
	return out, err
}

// maxSheet is how many bytes a sheet of certificates may have.
const maxSheet = 8 << 20

// columns maps what a header may say to the column it means.
var columns = map[string]string{
	"login": "login", "登录名": "login", "topic": "topic", "主题": "topic", "title": "title", "证书": "title", "证书名称": "title", "number": "number", "证书编号": "number",
	"issued": "issued", "issued on": "issued", "发证日期": "issued", "expires": "expires", "expires on": "expires", "有效期至": "expires",
}

// ImportSheet takes over the certificates of a sheet (CSV or XLSX) with the columns login, topic, title, issued and, where wanted, number
// and expires. One wrong row and nothing is written; fields are named by row. Needs training.manage. Errors: those of Import, sheet.*,
// training.columns, file.too_large.
func (s *Service) ImportSheet(ctx context.Context, r io.Reader, name string) (Outcome, error) {
	if _, err := authz.Require(ctx, authz.TrainingManage); err != nil {
		return Outcome{}, err
	}
	list, lines, err := readSheet(r, name)
	if err != nil {
		return Outcome{}, err
	}
	out, err := s.Import(ctx, list)
	if e, ok := errs.As(err); ok {
		for i := range e.Fields {
			e.Fields[i].Path = byLine(e.Fields[i].Path, lines)
		}
	}
	return out, err
}

func readSheet(r io.Reader, name string) (list []Issued, lines []int, err error) {
	tmp, err := os.CreateTemp("", "certificates-")
	if err != nil {
		return nil, nil, err
	}
	defer func() { _, _ = tmp.Close(), os.Remove(tmp.Name()) }()
	size, err := io.Copy(tmp, io.LimitReader(r, maxSheet+1))
	if err != nil {
		return nil, nil, errs.Wrap(err, errs.Invalid, "file.interrupted")
	}
	if size > maxSheet {
		return nil, nil, errs.New(errs.TooLarge, "file.too_large", "limit_mb", maxSheet>>20)
	}
	in, err := sheet.Open(tmp, size, name, sheet.Options{})
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = in.Close() }()
	at := map[string]int{}
	for i, h := range in.Header() {
		if c := columns[strings.ToLower(strings.TrimSpace(h))]; c != "" {
			at[c] = i
		}
	}
	for _, need := range []string{"login", "topic", "title", "issued"} {
		if _, ok := at[need]; !ok {
			return nil, nil, errs.New(errs.Invalid, "training.columns", "column", need, "columns", strings.Join(in.Header(), ", "))
		}
	}
	for {
		row, err := in.Next()
		if errors.Is(err, io.EOF) {
			return list, lines, nil
		}
		if err != nil {
			return nil, nil, err
		}
		one, err := issuedOf(row, at)
		if err != nil {
			return nil, nil, err
		}
		if list, lines = append(list, one), append(lines, row.Line); len(list) > maxIssued {
			return nil, nil, errs.New(errs.TooLarge, "training.too_many", "max", maxIssued)
		}
	}
}

func issuedOf(row sheet.Row, at map[string]int) (Issued, error) {
	cell := func(name string) string {
		if i, ok := at[name]; ok && i < len(row.Cells) {
			return strings.TrimSpace(row.Cells[i])
		}
		return ""
	}
	var v errs.Validation
	day := func(name string) calendar.Date {
		text := cell(name)
		if text == "" {
			return calendar.None
		}
		d, err := sheet.ParseDate(text, sheet.DateOptions{})
		v.Check(err == nil, "row "+strconv.Itoa(row.Line)+" "+name, "field.not_a_date", "value", text)
		return d
	}
	one := Issued{Login: cell("login"), Topic: cell("topic"), Title: cell("title"), Number: cell("number"), IssuedOn: day("issued"), ExpiresOn: day("expires")}
	return one, v.Err()
}

// byLine turns items[3].login into the line of the sheet it came from.
func byLine(path string, lines []int) string {
	inner, field, ok := strings.Cut(strings.TrimPrefix(path, "items["), "].")
	n, err := strconv.Atoi(inner)
	if !ok || err != nil || n >= len(lines) {
		return path
	}
	return "row " + strconv.Itoa(lines[n]) + " " + field
}

// CertificatesOf gives somebody's certificates, the newest first. Needs training.read over the person. Error: not_found.
func (s *Service) CertificatesOf(ctx context.Context, userID int64) ([]Certificate, error) {
	if err := s.over(ctx, authz.TrainingRead, userID); err != nil {
		return nil, err
	}
	return certificatesOf(ctx, s.db.Read(), userID, "")
}

// over asks for a permission over a person.
func (s *Service) over(ctx context.Context, p authz.Permission, userID int64) error {
	actor, err := authz.Require(ctx, p)
	if err != nil {
		return err
	}
	_, unit, err := person(ctx, s.db.Read(), userID, s.loc)
	if err == nil && !actor.Scope(p).CoversPerson(userID, unit) {
		err = db.ErrNoRows
	}
	return err
}

// WithdrawCertificate takes a certificate back, with a reason. Needs training.manage over the person. Errors: not_found, invalid_input,
// training.withdrawn_already.
func (s *Service) WithdrawCertificate(ctx context.Context, certificateID int64, why string) error {
	why = strings.TrimSpace(why)
	var v errs.Validation
	v.Check(why != "", "why", "field.required")
	v.Check(utf8.RuneCountInString(why) <= maxText, "why", "field.too_long", "max", maxText)
	if _, err := authz.Require(ctx, authz.TrainingManage); err != nil {
		return err
	}
	if err := v.Err(); err != nil {
		return err
	}
	c, err := certificate(ctx, s.db.Read(), certificateID)
	if err == nil {
		err = s.over(ctx, authz.TrainingManage, c.UserID)
	}
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(q db.Q) error {
		n, err := withdrawCertificate(ctx, q, certificateID, why)
		if err == nil && n == 0 {
			err = errs.New(errs.Conflict, "training.withdrawn_already")
		}
		if err != nil {
			return err
		}
		return audit.Write(ctx, q, s.now(), audit.Entry{
			Action: "training.certificate_withdraw", Entity: "training_certificate", EntityID: id.String(c.ID), Detail: map[string]any{"user": id.String(c.UserID), "topic": c.Topic, "why": why},
		})
	})
}

// Again gives somebody who has no attempt left the attempts anew. Needs training.manage over the person. Errors: not_found,
// training.nothing_to_forgive.
func (s *Service) Again(ctx context.Context, courseID, userID int64) error {
	if err := s.over(ctx, authz.TrainingManage, userID); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(q db.Q) error {
		if _, err := course(ctx, q, courseID); err != nil {
			return err
		}
		n, err := forgive(ctx, q, userID, courseID)
		if err == nil && n == 0 {
			err = errs.New(errs.Conflict, "training.nothing_to_forgive")
		}
		if err != nil {
			return err
		}
		return audit.Write(ctx, q, s.now(), audit.Entry{
			Action: "training.again", Entity: "training_course", EntityID: id.String(courseID), Detail: map[string]any{"user": id.String(userID), "attempts": n},
		})
	})
}
