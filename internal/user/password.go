package user

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"

	"kezhi/internal/errs"
)

// OWASP's recommendation for argon2id with little memory: 19 MiB, two passes, one lane.
const (
	argonMemory = 19 * 1024
	argonTime   = 2
	argonLanes  = 1
	argonKey    = 32
)

// hashing lets two passwords be hashed at a time; more would let sign-ins take the memory of everything else.
var hashing = make(chan struct{}, 2)

func hashPassword(ctx context.Context, password string) (string, error) {
	var salt [16]byte
	_, _ = rand.Read(salt[:])
	key, err := derive(ctx, password, salt[:], argonMemory, argonTime, argonLanes)
	if err != nil {
		return "", err
	}
	b := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonLanes,
		b.EncodeToString(salt[:]), b.EncodeToString(key)), nil
}

// checkPassword says whether a password fits a hash. An empty hash never fits, but costs the same time,
// so that an attacker cannot tell a missing user from a wrong password by the clock.
func checkPassword(ctx context.Context, password, hash string) (bool, error) {
	memory, passes, lanes := uint32(argonMemory), uint32(argonTime), uint8(argonLanes)
	salt, want := make([]byte, 16), []byte(nil)
	if parts := strings.Split(hash, "$"); len(parts) == 6 && parts[1] == "argon2id" {
		if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &lanes); err != nil {
			return false, fmt.Errorf("reading a password hash: %w", err)
		}
		var err error
		if salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil {
			return false, fmt.Errorf("reading a password hash: %w", err)
		}
		if want, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil {
			return false, fmt.Errorf("reading a password hash: %w", err)
		}
	}
	got, err := derive(ctx, password, salt, memory, passes, lanes)
	if err != nil {
		return false, err
	}
	return len(want) > 0 && subtle.ConstantTimeCompare(got, want) == 1, nil
}

func derive(ctx context.Context, password string, salt []byte, memory, passes uint32, lanes uint8) ([]byte, error) {
	select {
	case hashing <- struct{}{}:
		defer func() { <-hashing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(password), salt, passes, memory, lanes, argonKey), nil
}

// newSecret gives 256 random bits as text, and what is kept of it.
func newSecret(prefix string) (secret, hash string) {
	var b [32]byte
	_, _ = rand.Read(b[:])
	secret = prefix + base64.RawURLEncoding.EncodeToString(b[:])
	return secret, hashSecret(secret)
}

func hashSecret(secret string) string {
	h := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(h[:])
}

var errWrongPassword = errs.New(errs.Unauthenticated, "user.wrong_credentials")
