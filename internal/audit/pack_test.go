package audit_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
)

func recordOf(_ context.Context, customerID int64) (any, error) {
	if customerID == 2 {
		return nil, errs.New(errs.NotFound, "not_found")
	}
	return map[string]any{"id": customerID, "name": "青禾商贸"}, nil
}

func pack(t *testing.T, k *audit.Keeper, f audit.Filter) []byte {
	t.Helper()
	p, err := k.PreparePack(system, f, " 年度检查 \n ", recordOf)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := p.Write(system, &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func provePack(b []byte, keys ...string) (audit.PackProof, error) {
	return audit.VerifyPack(bytes.NewReader(b), int64(len(b)), keys)
}

// A pack of some entries proves them without the others, before and after the chain went on.
func TestPackProvesItsEntries(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := keeper(t, d)
		for i := range 37 {
			write(t, d, entry(i%3+1))
		}
		b := pack(t, k, audit.Filter{Entity: "customer", EntityID: "2"})
		write(t, d, entry(9))
		keys, err := k.PublicKeys()
		if err != nil {
			t.Fatal(err)
		}
		p, err := provePack(b, keys...)
		if err != nil || p.Entries != 12 || p.Records != 0 || p.For != "年度检查" || p.By != "test" || p.Mark.Entries != 38 || !p.Known {
			t.Fatalf("%+v, %v", p, err)
		}
		b = pack(t, k, audit.Filter{})
		if p, err := provePack(b); err != nil || p.Entries != 39 || p.Records != 3 || p.Known {
			t.Fatalf("all: %+v, %v", p, err)
		}
		other := keeper(t, d)
		write(t, d, entry(1))
		sign(t, other)
		foreign, err := other.PublicKeys()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := provePack(b, foreign...); errs.CodeOf(err) != "audit.pack_broken" {
			t.Errorf("by a foreign key: %v", err)
		}
		if _, _, err := k.Prove(system); err != nil {
			t.Error(err)
		}
	})
}

func TestAnAlteredPackDoesNotHold(t *testing.T) {
	d := dbtest.SQLite(t)
	k := keeper(t, d)
	write(t, d, entry(1), entry(2), entry(3))
	good := pack(t, k, audit.Filter{})
	if _, err := provePack(good); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(name string, b []byte) (string, []byte){
		"a detail": func(n string, b []byte) (string, []byte) {
			return n, bytes.ReplaceAll(b, []byte("新名 2"), []byte("新名 7"))
		},
		"the checkpoint": func(n string, b []byte) (string, []byte) {
			return n, bytes.ReplaceAll(b, []byte("\nchain "), []byte("\nchain 0"))
		},
		"the purpose": func(n string, b []byte) (string, []byte) {
			return n, bytes.ReplaceAll(b, []byte("年度"), []byte("季度"))
		},
		"a record": func(n string, b []byte) (string, []byte) {
			return n, bytes.ReplaceAll(b, []byte("青禾"), []byte("红禾"))
		},
		"a name": func(n string, b []byte) (string, []byte) {
			return strings.Replace(n, "customer-1", "customer-9", 1), b
		},
	} {
		if _, err := provePack(repack(t, good, change)); errs.CodeOf(err) != "audit.pack_broken" {
			t.Errorf("%s altered: %v", name, err)
		}
	}
	same := func(n string, b []byte) (string, []byte) { return n, b }
	if _, err := provePack(repack(t, good, same)); err != nil {
		t.Errorf("nothing altered: %v", err)
	}
}

func repack(t *testing.T, pack []byte, change func(string, []byte) (string, []byte)) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(pack), int64(len(pack)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		name, b := change(f.Name, b)
		to, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(b); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestPackRefusals(t *testing.T) {
	d := dbtest.SQLite(t)
	k := audit.NewKeeper(d, filepath.Join(t.TempDir(), "audit"), "", clock.Fixed(now), time.UTC)
	write(t, d, entry(1))
	for name, c := range map[string]struct {
		filter  audit.Filter
		purpose string
		code    string
	}{
		"no purpose": {audit.Filter{}, " \n ", "audit.pack_purpose"},
		"nothing":    {audit.Filter{Action: "no.such"}, "x", "audit.pack_empty"},
	} {
		if _, err := k.PreparePack(system, c.filter, c.purpose, recordOf); errs.CodeOf(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	noRight := authz.With(context.Background(), authz.Actor{UserID: 5, Grants: authz.GrantsOf([]string{authz.RoleCustomerManager})})
	if _, err := k.PreparePack(noRight, audit.Filter{}, "x", recordOf); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("without the right: %v", err)
	}
	var many []audit.Entry
	for i := range 10_000 {
		many = append(many, audit.Entry{Action: "x.y", Entity: "x", EntityID: fmt.Sprint(i)})
	}
	write(t, d, many...)
	if _, err := k.PreparePack(system, audit.Filter{}, "x", recordOf); errs.CodeOf(err) != "audit.pack_too_large" {
		t.Errorf("too many: %v", err)
	}
}
