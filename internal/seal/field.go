package seal

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"strconv"
	"strings"

	"kezhi/internal/db"
	"kezhi/internal/errs"
)

// textHead begins every sealed text.
const textHead = "sealed:"

// Text seals a field with the key in use. table, column and row are where it lies; it opens there only. Nothing stays nothing. q is that of
// the caller's transaction, nil outside one.
func (k *Keys) Text(ctx context.Context, q db.Q, plain, table, column string, rowID int64) (string, error) {
	if plain == "" {
		return "", nil
	}
	active, err := k.activeIn(ctx, q)
	if err != nil {
		return "", err
	}
	a, err := k.key(ctx, q, active)
	if err != nil {
		return "", err
	}
	return textHead + strconv.FormatInt(active, 36) + ":" + base64.RawStdEncoding.EncodeToString(shut(a, []byte(plain), cell(table, column, rowID))), nil
}

func cell(table, column string, rowID int64) string {
	return table + "\x00" + column + "\x00" + strconv.FormatInt(rowID, 10)
}

// OpenText opens a sealed field; what is not sealed is given as it is. Error: seal.altered.
func (k *Keys) OpenText(ctx context.Context, q db.Q, text, table, column string, rowID int64) (string, error) {
	keyID, body, ok := sealedText(text)
	if !ok {
		return text, nil
	}
	a, err := k.key(ctx, q, keyID)
	if err != nil {
		return "", err
	}
	b, err := base64.RawStdEncoding.DecodeString(body)
	if err == nil {
		b, err = unshut(a, b, cell(table, column, rowID))
	}
	if err != nil {
		return "", errs.Wrap(err, errs.Internal, "seal.altered", "place", table+"."+column)
	}
	return string(b), nil
}

func sealedText(text string) (keyID int64, body string, ok bool) {
	rest, ok := strings.CutPrefix(text, textHead)
	if !ok {
		return 0, "", false
	}
	name, body, ok := strings.Cut(rest, ":")
	keyID, err := strconv.ParseInt(name, 36, 64)
	return keyID, body, ok && err == nil
}

// Mark gives the keyed digest of a value for what it is used for: equal values have equal marks, and nobody who has no key can
// tell or try which value it is. 64 hexadecimal digits.
func (k *Keys) Mark(use, value string) string {
	return hex.EncodeToString(digest(k.marking(), use, value))
}

// Marker is Mark for a value that is read bit by bit.
func (k *Keys) Marker(use string) hash.Hash {
	h := hmac.New(sha256.New, k.marking())
	h.Write([]byte(use + "\x00"))
	return h
}

func (k *Keys) marking() []byte {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.mark
}
