package user

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"strings"

	"golang.org/x/crypto/chacha20poly1305"

	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/setting"
)

const (
	sealKey  = "user.seal" // the setting with the key
	sealForm = "s1:"       // the form in which a secret is kept
)

// Seal keeps a secret unreadable in the database. about names where it stands, so that one put into another row opens nothing.
func (s *Service) Seal(ctx context.Context, q db.Q, about, secret string) (string, error) {
	key, err := setting.Secret(ctx, q, sealKey, clock.Micros(s.now()))
	if err != nil {
		return "", err
	}
	box, err := chacha20poly1305.NewX(key)
	if err != nil {
		return "", err
	}
	nonce := make([]byte, box.NonceSize())
	_, _ = rand.Read(nonce)
	return sealForm + base64.RawStdEncoding.EncodeToString(box.Seal(nonce, nonce, []byte(secret), []byte(about))), nil
}

// Unseal gives a secret back. Error: user.unreadable_secret when it is another's, or was made with another key.
func (s *Service) Unseal(ctx context.Context, q db.Q, about, sealed string) (string, error) {
	key, err := setting.Secret(ctx, q, sealKey, clock.Micros(s.now()))
	if err != nil {
		return "", err
	}
	box, err := chacha20poly1305.NewX(key)
	if err != nil {
		return "", err
	}
	text, known := strings.CutPrefix(sealed, sealForm)
	raw, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil || !known || len(raw) < box.NonceSize() {
		return "", errs.Wrap(err, errs.Internal, "user.unreadable_secret")
	}
	secret, err := box.Open(nil, raw[:box.NonceSize()], raw[box.NonceSize():], []byte(about))
	if err != nil {
		return "", errs.Wrap(err, errs.Internal, "user.unreadable_secret")
	}
	return string(secret), nil
}
