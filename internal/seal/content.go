package seal

import (
	"context"
	"crypto/cipher"
	"encoding/base64"
	"errors"
	"io"
	"strconv"

	"filippo.io/age"

	"kezhi/internal/errs"
)

// stanzaType names our way of wrapping a file's key in an age header.
const stanzaType = "kezhi-data-key"

// Sealer gives a writer that seals a content with a data key, bound to what it belongs to. Close finishes it and leaves w open.
func (k *Keys) Sealer(ctx context.Context, w io.Writer, keyID, belongs int64) (io.WriteCloser, error) {
	a, err := k.key(ctx, k.db.Read(), keyID)
	if err != nil {
		return nil, err
	}
	return age.Encrypt(w, stanza{a, keyID, belongs})
}

// Content opens a sealed content of size bytes and gives what was sealed and how long it is. Error: seal.altered.
func (k *Keys) Content(ctx context.Context, r io.ReaderAt, size, keyID, belongs int64) (io.ReaderAt, int64, error) {
	a, err := k.key(ctx, k.db.Read(), keyID)
	if err != nil {
		return nil, 0, err
	}
	out, n, err := age.DecryptReaderAt(r, size, stanza{a, keyID, belongs})
	if err != nil {
		return nil, 0, errs.Wrap(err, errs.Unavailable, "seal.altered", "place", "file")
	}
	return out, n, nil
}

// stanza wraps and unwraps the key of one age file.
type stanza struct {
	key            cipher.AEAD
	keyID, belongs int64
}

func (s stanza) about() string { return "kezhi content " + strconv.FormatInt(s.belongs, 10) }

// Wrap is of age.Recipient.
func (s stanza) Wrap(fileKey []byte) ([]*age.Stanza, error) {
	body := shut(s.key, fileKey, s.about())
	// The body of a stanza may not be longer than a line when it is to be read by every implementation, so it is an argument.
	return []*age.Stanza{{Type: stanzaType, Args: []string{strconv.FormatInt(s.keyID, 36), base64.RawStdEncoding.EncodeToString(body)}}}, nil
}

// Unwrap is of age.Identity.
func (s stanza) Unwrap(list []*age.Stanza) ([]byte, error) {
	for _, x := range list {
		if x.Type != stanzaType || len(x.Args) != 2 || x.Args[0] != strconv.FormatInt(s.keyID, 36) {
			continue
		}
		body, err := base64.RawStdEncoding.DecodeString(x.Args[1])
		if err != nil {
			return nil, err
		}
		key, err := unshut(s.key, body, s.about())
		if err != nil {
			return nil, errors.Join(age.ErrIncorrectIdentity, err)
		}
		return key, nil
	}
	return nil, age.ErrIncorrectIdentity
}
