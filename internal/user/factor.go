package user

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/hex"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
)

// Way is how somebody proves who he is.
type Way string

// The ways. A password alone is the first of two where somebody has another one.
const (
	WayPassword Way = "password"
	WayTOTP     Way = "totp"     // six figures of an app
	WayRecovery Way = "recovery" // a code on paper, good for once
	WayPasskey  Way = "passkey"  // the key of a device, which stands for both
	WaySignIn   Way = "sign_in"  // signing in anew, for those who have none of the others
)

const (
	totpPeriod    = 30 // seconds a code is shown
	totpSkew      = 1  // steps a telephone's clock may be off, either way
	totpDigits    = otp.DigitsSix
	totpIssuer    = "Kezhi"
	totpSecret    = 20 // bytes, as long as the digest (RFC 4226)
	recoveryCodes = 10
	recoveryBytes = 10 // 80 bits: 16 letters and figures
)

// totpStep gives the step in which a code is shown, 0 when it is none of now, and none of a moment ago or ahead.
func totpStep(secret, code string, now time.Time) int64 {
	for skew := -totpSkew; skew <= totpSkew; skew++ {
		at := now.Add(time.Duration(skew) * totpPeriod * time.Second)
		want, err := totp.GenerateCodeCustom(secret, at, totp.ValidateOpts{Period: totpPeriod, Digits: totpDigits, Algorithm: otp.AlgorithmSHA1})
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return at.Unix() / totpPeriod
		}
	}
	return 0
}

// newTOTP makes a secret and the address by which an app takes it over.
func newTOTP(login string) (secret, address string, err error) {
	key, err := totp.Generate(totp.GenerateOpts{
		Issuer: totpIssuer, AccountName: login, Period: totpPeriod, SecretSize: totpSecret, Digits: totpDigits, Algorithm: otp.AlgorithmSHA1,
	})
	if err != nil {
		return "", "", err
	}
	return key.Secret(), key.URL(), nil
}

// plainCode leaves out what people type between the letters and figures of a code.
func plainCode(code string) string {
	return strings.ToUpper(strings.NewReplacer(" ", "", "-", "", "\t", "").Replace(code))
}

// isTOTP says whether a code has the form of an app's.
func isTOTP(code string) bool {
	return len(code) == int(totpDigits) && strings.Trim(code, "0123456789") == ""
}

// newRecoveryCode gives a code in groups of four.
func newRecoveryCode() string {
	var b [recoveryBytes]byte
	_, _ = rand.Read(b[:])
	text := base32.StdEncoding.EncodeToString(b[:])
	return text[:4] + "-" + text[4:8] + "-" + text[8:12] + "-" + text[12:]
}

// newSalt gives 64 random bits as text.
func newSalt() string {
	var b [8]byte
	_, _ = rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

func recoveryHash(salt, code string) string {
	h := sha256.Sum256([]byte(salt + "|" + plainCode(code)))
	return hex.EncodeToString(h[:])
}
