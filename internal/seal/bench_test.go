package seal_test

import (
	"bytes"
	"io"
	"log/slog"
	"testing"
	"time"

	"kezhi/internal/dbtest"
	"kezhi/internal/seal"
)

func benchKeys(b *testing.B) *seal.Keys {
	b.Helper()
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	k, err := seal.Open(ctx, dbtest.SQLite(b), seal.Config{Text: seal.NewMasterText()}, b.TempDir(), func() time.Time { return at }, slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	return k
}

// What an import pays for each identity number: sealing and the digest it is found by; what a list pays: opening.
func BenchmarkField(b *testing.B) {
	k := benchKeys(b)
	const number = "110101199003074610"
	b.Run("seal", func(b *testing.B) {
		for b.Loop() {
			if _, err := k.Text(ctx, nil, number, "identifier", "value", 7); err != nil {
				b.Fatal(err)
			}
			_ = k.Mark("identifier.id_card", number)
		}
	})
	sealed := shut(b, k, number)
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			if _, err := k.OpenText(ctx, nil, sealed, "customer", "identity", 7); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// What an upload of 8 MiB pays, and reading it.
func BenchmarkContent(b *testing.B) {
	k := benchKeys(b)
	active, err := k.Active(ctx)
	if err != nil {
		b.Fatal(err)
	}
	plain := bytes.Repeat([]byte("0123456789abcdef"), 8<<20/16)
	var kept bytes.Buffer
	seal := func() {
		kept.Reset()
		w, err := k.Sealer(ctx, &kept, active, 1)
		if err == nil {
			_, err = w.Write(plain)
		}
		if err == nil {
			err = w.Close()
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	b.Run("seal", func(b *testing.B) {
		b.SetBytes(int64(len(plain)))
		for b.Loop() {
			seal()
		}
	})
	seal()
	b.Run("open", func(b *testing.B) {
		b.SetBytes(int64(len(plain)))
		for b.Loop() {
			r, n, err := k.Content(ctx, bytes.NewReader(kept.Bytes()), int64(kept.Len()), active, 1)
			if err == nil {
				_, err = io.Copy(io.Discard, io.NewSectionReader(r, 0, n))
			}
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}
