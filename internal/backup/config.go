package backup

import (
	"errors"
	"os"
	"strings"
	"time"

	"kezhi/internal/errs"
	"kezhi/internal/outbound"
)

// Config says where backups go by themselves, how they are sealed, and for how long they are kept.
type Config struct {
	To             string   `yaml:"to"`              // a folder, or s3://bucket/prefix; empty = none by themselves
	At             string   `yaml:"at"`              // time of day, HH:MM; empty = 01:30
	KeepDays       int      `yaml:"keep_days"`       // 0 = 30
	KeepLeast      int      `yaml:"keep_least"`      // kept however old; 0 = 7
	AlarmHours     int      `yaml:"alarm_hours"`     // age of the newest good one from which on it is too old; 0 = 36
	Recipients     []string `yaml:"recipients"`      // age public keys (age1…); sealed for each of them
	PassphraseFile string   `yaml:"passphrase_file"` // or sealed with a passphrase
	Follow         bool     `yaml:"follow"`          // copy the database there continuously too
	S3             S3       `yaml:"s3"`
}

// S3 is an S3-compatible store.
type S3 struct {
	Endpoint   string `yaml:"endpoint"` // host:port
	Region     string `yaml:"region"`
	AccessKey  string `yaml:"access_key"`
	Secret     string `yaml:"secret_key"`
	SecretFile string `yaml:"secret_key_file"`
	CAFile     string `yaml:"ca_file"`    // certificate of an authority of your own, PEM
	Plain      bool   `yaml:"plain_http"` // only for a store on this machine or behind a tunnel

	Outbound outbound.Config `yaml:"-"` // of the whole installation
}

// FromEnvironment takes the secret from KEZHI_S3_SECRET_KEY and the place from KEZHI_BACKUP_TO, so that neither has to stand in a file.
func (c *Config) FromEnvironment(get func(string) string) {
	if v := get("KEZHI_S3_SECRET_KEY"); v != "" {
		c.S3.Secret = v
	}
	if v := get("KEZHI_BACKUP_TO"); v != "" {
		c.To = v
	}
}

// WithDefaults fills in what was left out.
func (c Config) WithDefaults() Config {
	set := func(v *int, d int) {
		if *v == 0 {
			*v = d
		}
	}
	if c.At == "" {
		c.At = "01:30"
	}
	set(&c.KeepDays, 30)
	set(&c.KeepLeast, 7)
	set(&c.AlarmHours, 36)
	return c
}

// Validate gives every wrong field, with paths below "backup".
func (c Config) Validate() error {
	c = c.WithDefaults()
	var v errs.Validation
	_, err := time.Parse("15:04", c.At)
	v.Check(err == nil, "backup.at", "backup.time", "value", c.At)
	v.Check(c.KeepDays > 0 && c.KeepDays <= 3650, "backup.keep_days", "config.range", "min", 1, "max", 3650)
	v.Check(c.KeepLeast > 0 && c.KeepLeast <= 1000, "backup.keep_least", "config.range", "min", 1, "max", 1000)
	v.Check(c.AlarmHours > 0 && c.AlarmHours <= 8760, "backup.alarm_hours", "config.range", "min", 1, "max", 8760)
	v.Check(len(c.Recipients) == 0 || c.PassphraseFile == "", "backup.passphrase_file", "backup.one_seal")
	v.Check(!c.Follow || len(c.Recipients) == 0, "backup.follow", "backup.follow_passphrase")
	if _, err := ParseRecipients(c.Recipients); err != nil {
		v.Check(false, "backup.recipients", "backup.recipient", "problem", err.Error())
	}
	if strings.HasPrefix(c.To, "s3://") {
		v.Check(c.S3.Endpoint != "", "backup.s3.endpoint", "field.required")
		v.Check(c.S3.AccessKey != "", "backup.s3.access_key", "field.required")
		v.Check(c.S3.Secret+c.S3.SecretFile != "", "backup.s3.secret_key_file", "field.required")
	}
	return v.Err()
}

// Next gives the moment after now at which a backup is due by itself.
func (c Config) Next(now time.Time, loc *time.Location) time.Time {
	at, err := time.Parse("15:04", c.WithDefaults().At)
	if err != nil {
		at = time.Time{}
	}
	now = now.In(loc)
	next := time.Date(now.Year(), now.Month(), now.Day(), at.Hour(), at.Minute(), 0, 0, loc)
	if !next.After(now) {
		next = time.Date(now.Year(), now.Month(), now.Day()+1, at.Hour(), at.Minute(), 0, 0, loc)
	}
	return next
}

func secretOf(text, file string) (string, error) {
	if file == "" {
		return text, nil
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return "", errs.Wrap(err, errs.Invalid, "file.not_found", "path", file)
	}
	if s := strings.TrimSpace(string(b)); s != "" {
		return s, nil
	}
	return "", errs.Wrap(errors.New("empty"), errs.Invalid, "backup.secret_empty", "path", file)
}
