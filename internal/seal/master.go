package seal

import (
	"bufio"
	"bytes"
	"context"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/crypto/chacha20poly1305"

	"kezhi/internal/errs"
)

// Master wraps data keys. What it wrapped is text; about is bound to it and has to be the same when it is unwrapped.
type Master interface {
	// ID names the key without telling anything about it.
	ID() string
	Wrap(ctx context.Context, key []byte, about string) (string, error)
	Unwrap(ctx context.Context, wrapped, about string) ([]byte, error)
}

// keySize is the length of every key here.
const keySize = chacha20poly1305.KeySize

// keyHead begins a master key as text, so that it is known for what it is wherever it turns up.
const keyHead = "kezhi-master-1-"

// local is a master key in the hands of the process.
type local struct {
	aead cipher.AEAD
	id   string
}

// ParseMaster reads a master key as text. Error: seal.bad_key.
func ParseMaster(text, place string) (Master, error) {
	b, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(strings.TrimSpace(text), keyHead))
	if err == nil && len(b) != keySize {
		err = errors.New("wrong length")
	}
	if err != nil || !strings.HasPrefix(strings.TrimSpace(text), keyHead) {
		// The cause could hold part of the key.
		return nil, errs.New(errs.Invalid, "seal.bad_key", "place", place)
	}
	return newLocal(b)
}

func newLocal(key []byte) (Master, error) {
	a, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, err
	}
	return local{a, hex.EncodeToString(digest(key, "kezhi master key id"))[:16]}, nil
}

// NewMasterText makes a master key.
func NewMasterText() string {
	var key [keySize]byte
	_, _ = rand.Read(key[:]) // never fails
	return keyHead + base64.RawURLEncoding.EncodeToString(key[:])
}

func (l local) ID() string { return l.id }

func (l local) Wrap(_ context.Context, key []byte, about string) (string, error) {
	return base64.RawStdEncoding.EncodeToString(shut(l.aead, key, about)), nil
}

func (l local) Unwrap(_ context.Context, wrapped, about string) ([]byte, error) {
	b, err := base64.RawStdEncoding.DecodeString(wrapped)
	if err != nil {
		return nil, err
	}
	return unshut(l.aead, b, about)
}

// shut seals with a random nonce, which comes first. XChaCha20 has room for as many of them as anybody will ever draw.
func shut(a cipher.AEAD, plain []byte, about string) []byte {
	nonce := make([]byte, a.NonceSize(), a.NonceSize()+len(plain)+a.Overhead())
	_, _ = rand.Read(nonce) // never fails
	return a.Seal(nonce, nonce, plain, []byte(about))
}

func unshut(a cipher.AEAD, sealed []byte, about string) ([]byte, error) {
	if len(sealed) < a.NonceSize() {
		return nil, errors.New("too short to be sealed")
	}
	return a.Open(nil, sealed[:a.NonceSize()], sealed[a.NonceSize():], []byte(about))
}

func digest(key []byte, parts ...string) []byte {
	h := hmac.New(sha256.New, key)
	for i, p := range parts {
		if i > 0 {
			h.Write([]byte{0})
		}
		h.Write([]byte(p))
	}
	return h.Sum(nil)
}

// readMaster reads a key file: one key, and remarks that begin with #.
func readMaster(path string) (Master, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var text string
	for in := bufio.NewScanner(bytes.NewReader(b)); in.Scan(); {
		if line := strings.TrimSpace(in.Text()); line != "" && !strings.HasPrefix(line, "#") {
			text += line
		}
	}
	return ParseMaster(text, path)
}

func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

const keyRemark = "# 客制主密钥。没有它，附件和加密字段无法打开。请另存一份，与数据和备份分开保管。\n" +
	"# Kezhi master key. Uploads and sealed fields cannot be opened without it. Keep a copy apart from the data and its backups.\n"

// WriteMaster makes a key file that did not exist, readable by its owner only, with a key or (text "") a new one.
func WriteMaster(path, text string) (Master, error) {
	if text == "" {
		text = NewMasterText()
	}
	fail := func(err error) error {
		if errors.Is(err, fs.ErrExist) {
			return errs.Wrap(err, errs.Conflict, "seal.exists", "path", path)
		}
		return errs.Wrap(err, errs.Unavailable, "seal.cannot_write", "path", path, "problem", err.Error())
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fail(err)
	}
	// A key that is lost in a power failure takes with it what was sealed by it, so it is on the disk, whole, before it has its name.
	f, err := os.CreateTemp(filepath.Dir(path), ".key-") // 0600
	if err != nil {
		return nil, fail(err)
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.WriteString(keyRemark + text + "\n")
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Link(f.Name(), path)
	}
	if err == nil && runtime.GOOS != "windows" { // folders cannot be synced there, and need not be
		err = syncFolder(filepath.Dir(path))
	}
	if err != nil {
		return nil, fail(err)
	}
	return ParseMaster(text, path)
}
