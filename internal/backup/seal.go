package backup

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"

	"filippo.io/age"

	"kezhi/internal/errs"
)

// Seal says for whom an archive is encrypted (age, filippo.io/age); none means not at all.
type Seal []age.Recipient

// Keys open what was sealed.
type Keys []age.Identity

// ageHead is what every sealed file begins with.
const ageHead = "age-encryption.org/v1"

// ParseRecipients reads age public keys.
func ParseRecipients(list []string) (Seal, error) {
	if len(list) == 0 {
		return nil, nil
	}
	return age.ParseRecipients(strings.NewReader(strings.Join(list, "\n")))
}

// PassphraseSeal seals one archive with the passphrase in a file. Error: file.not_found, backup.secret_empty.
func PassphraseSeal(file string) (Seal, error) {
	p, err := secretOf("", file)
	if err != nil {
		return nil, err
	}
	r, err := age.NewScryptRecipient(p)
	return Seal{r}, err
}

// ReadKeys reads the secret keys that open a backup: a file of age identities, or of a passphrase; each may be "".
func ReadKeys(identityFile, passphraseFile string) (Keys, error) {
	var keys Keys
	if identityFile != "" {
		b, err := os.ReadFile(identityFile)
		if err != nil {
			return nil, errs.Wrap(err, errs.NotFound, "file.not_found", "path", identityFile)
		}
		if keys, err = age.ParseIdentities(bytes.NewReader(b)); err != nil {
			return nil, errs.Wrap(err, errs.Invalid, "backup.identity", "path", identityFile, "problem", err.Error())
		}
	}
	if passphraseFile != "" {
		p, err := secretOf("", passphraseFile)
		if err != nil {
			return nil, err
		}
		k, err := age.NewScryptIdentity(p)
		if err != nil {
			return nil, err
		}
		keys = append(keys, k)
	}
	return keys, nil
}

// seal gives a writer that encrypts; Close finishes it and leaves w open.
func (s Seal) seal(w io.Writer) (io.WriteCloser, error) {
	if len(s) == 0 {
		return open{w}, nil
	}
	return age.Encrypt(w, s...)
}

type open struct{ io.Writer }

func (open) Close() error { return nil }

// reader gives the sealed form of r, made as it is read.
func (s Seal) reader(r io.Reader) io.Reader {
	if len(s) == 0 {
		return r
	}
	out, in := io.Pipe()
	go func() {
		w, err := s.seal(in)
		if err == nil {
			_, err = io.Copy(w, r)
			err = errors.Join(err, w.Close())
		}
		in.CloseWithError(err)
	}()
	return out
}

// unseal opens what is sealed and leaves alone what is not. Errors: backup.sealed (no key was given), backup.wrong_key.
func (k Keys) unseal(r io.Reader, name string) (io.Reader, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	head, err := in.Peek(len(ageHead))
	if err != nil || string(head) != ageHead {
		return in, nil //nolint:nilerr // whoever reads on finds the same
	}
	if len(k) == 0 {
		return nil, errs.New(errs.Invalid, "backup.sealed", "path", name)
	}
	out, err := age.Decrypt(in, k...)
	if err != nil {
		return nil, errs.Wrap(err, errs.Invalid, "backup.wrong_key", "path", name)
	}
	return out, nil
}

// placeIdentity is the key pair of a place that is sealed with a passphrase: made once, kept there sealed with the passphrase.
// Working a key out of a passphrase takes a second; it is done once a backup, not once an upload.
const placeIdentity = "identity.age"

// placeKey reads the key of a place, or makes it when may say so.
func placeKey(ctx context.Context, p Place, passphraseFile string, make bool) (*age.X25519Identity, error) {
	in, err := p.Get(ctx, placeIdentity)
	if errors.Is(err, fs.ErrNotExist) && make {
		return newPlaceKey(ctx, p, passphraseFile)
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.Close() }()
	keys, err := ReadKeys("", passphraseFile)
	if err != nil {
		return nil, err
	}
	r, err := keys.unseal(in, placeIdentity)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(io.LimitReader(r, 4096))
	if err != nil {
		return nil, errs.Wrap(err, errs.Invalid, "backup.wrong_key", "path", placeIdentity)
	}
	k, err := age.ParseX25519Identity(strings.TrimSpace(string(text)))
	if err != nil {
		return nil, errs.Wrap(err, errs.Invalid, "backup.wrong_key", "path", placeIdentity)
	}
	return k, nil
}

func newPlaceKey(ctx context.Context, p Place, passphraseFile string) (*age.X25519Identity, error) {
	k, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, err
	}
	s, err := PassphraseSeal(passphraseFile)
	if err != nil {
		return nil, err
	}
	return k, p.Put(ctx, placeIdentity, s.reader(strings.NewReader(k.String()+"\n")))
}
