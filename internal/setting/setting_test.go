package setting_test

import (
	"bytes"
	"testing"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/setting"
)

func TestAValueReplacesWhatHoldsWithoutIt(t *testing.T) {
	type hours struct{ From, To int }
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		got := hours{8, 20}
		if err := setting.Load(t.Context(), d.Read(), "test.hours", &got); err != nil || got != (hours{8, 20}) {
			t.Fatalf("nothing was set: %v, %v", got, err)
		}
		for at, set := range []hours{{9, 18}, {0, 24}} {
			if err := d.InTx(t.Context(), func(q db.Q) error { return setting.Save(t.Context(), q, "test.hours", set, int64(at)) }); err != nil {
				t.Fatal(err)
			}
			if err := setting.Load(t.Context(), d.Read(), "test.hours", &got); err != nil || got != set {
				t.Fatalf("got %v, %v, want %v", got, err, set)
			}
		}
		var wrong []string
		if err := setting.Load(t.Context(), d.Read(), "test.hours", &wrong); errs.KindOf(err) != errs.Internal {
			t.Errorf("a value of another shape: %v", err)
		}
	})
}

func TestASecretIsMadeOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		secret := func(name string) (out []byte) {
			t.Helper()
			err := d.InTx(t.Context(), func(q db.Q) (err error) {
				out, err = setting.Secret(t.Context(), q, name, 1)
				return err
			})
			if err != nil || len(out) != 32 {
				t.Fatalf("%x, %v", out, err)
			}
			return out
		}
		first := secret("test.one")
		if !bytes.Equal(first, secret("test.one")) {
			t.Error("asked again, it is another")
		}
		if bytes.Equal(first, secret("test.two")) {
			t.Error("two names have one secret")
		}
	})
}
