// Package config says where the program finds its data and how it listens: defaults, then the file kezhi.yaml in the data
// folder, then KEZHI_… environment variables, then flags. Business settings live in the database, not here.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"kezhi/internal/backup"
	"kezhi/internal/cert"
	"kezhi/internal/channel"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/outbound"
	"kezhi/internal/seal"
	"kezhi/internal/throttle"
)

// Config is everything the process needs to know before it opens its database.
type Config struct {
	Data        string `yaml:"-"`        // folder of the database, uploads and kezhi.yaml
	DB          string `yaml:"db"`       // SQLite file or postgres:// address; empty = DATA/kezhi.db
	Listen      string `yaml:"listen"`   // host:port
	Timezone    string `yaml:"timezone"` // of the organisation: what day it is there
	TLSCert     string `yaml:"tls_cert"` // PEM files; both or none
	TLSKey      string `yaml:"tls_key"`
	PlainListen string `yaml:"plain_listen"` // host:port that sends whoever comes without TLS to the same place with it; empty = none
	TrustProxy  bool   `yaml:"trust_proxy"`  // believe X-Forwarded-For of the proxy in front
	SecureOnly  bool   `yaml:"secure_only"`  // mark cookies Secure although TLS ends at a proxy
	Relaxed     bool   `yaml:"relaxed_sync"` // SQLite synchronous=NORMAL
	UploadMB    int64  `yaml:"upload_mb"`    // largest import file, MiB
	LogLevel    string `yaml:"log_level"`    // debug, info, warn, error
	SlowMS      int    `yaml:"slow_ms"`      // statements that take longer are shown to administrators; 0 = 500
	Workers     int    `yaml:"workers"`      // background jobs at a time
	StopSeconds int    `yaml:"stop_seconds"` // how long a stop may take
	Rulebooks   string `yaml:"rulebooks"`    // folder of the company's own rulebooks, one folder each; empty = none
	PublicURL   string `yaml:"public_url"`   // address under which customers reach the program; empty = they do not
	AuditKey    string `yaml:"audit_key"`    // file of the key that signs the checkpoints of the audit chain; empty = DATA/audit/key

	RateLimits httpapi.Limits `yaml:"rate_limits"` // requests of one person, token or address; zero = no bound

	ACME     cert.ACME       `yaml:"acme"`     // certificates that are fetched and renewed by themselves
	Backup   backup.Config   `yaml:"backup"`   // backups the installation makes by itself
	Keys     seal.Config     `yaml:"keys"`     // where the master key is, under which everything is sealed
	Channels channel.Config  `yaml:"channels"` // the ways messages leave the house
	Outbound outbound.Config `yaml:"outbound"` // servers in the house that may be connected to
}

// Default gives the configuration of a fresh installation.
func Default() Config {
	return Config{
		Data: DefaultData(), Listen: "127.0.0.1:8080", Timezone: "Asia/Shanghai", UploadMB: 512, LogLevel: "info", Workers: 2, StopSeconds: 20,
	}
}

// usualLimits are far above what a person at a screen, a program in the house or an office behind one address needs.
var usualLimits = httpapi.Limits{
	Person:  throttle.Bucket{PerSecond: 50, Burst: 300},
	Token:   throttle.Bucket{PerSecond: 50, Burst: 300},
	Address: throttle.Bucket{PerSecond: 20, Burst: 200},
}

// DefaultData gives the user's data folder for kezhi.
func DefaultData() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return "kezhi-data"
	}
	switch {
	case os.Getenv("XDG_DATA_HOME") != "":
		return filepath.Join(os.Getenv("XDG_DATA_HOME"), "kezhi")
	case runtime.GOOS == "darwin":
		return filepath.Join(home, "Library", "Application Support", "kezhi")
	case runtime.GOOS == "windows" && os.Getenv("LocalAppData") != "":
		return filepath.Join(os.Getenv("LocalAppData"), "kezhi")
	}
	return filepath.Join(home, ".local", "share", "kezhi")
}

// Load reads the file and the environment over the defaults. data, when not empty, wins over KEZHI_DATA.
// Errors: config.file (with the place), config.value.
func Load(data string) (Config, error) {
	c := Default()
	c.RateLimits = usualLimits
	if v := os.Getenv("KEZHI_DATA"); v != "" {
		c.Data = v
	}
	if data != "" {
		c.Data = data
	}
	path := filepath.Join(c.Data, "kezhi.yaml")
	b, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return c, errs.Wrap(err, errs.Invalid, "config.file", "path", path, "problem", err.Error())
	default:
		if err := c.read(b); err != nil {
			return c, errs.Wrap(err, errs.Invalid, "config.file", "path", path, "problem", yaml.FormatError(err, false, true))
		}
	}
	for name, dst := range map[string]*string{
		"KEZHI_DB": &c.DB, "KEZHI_LISTEN": &c.Listen, "KEZHI_TIMEZONE": &c.Timezone, "KEZHI_LOG_LEVEL": &c.LogLevel, "KEZHI_TLS_CERT": &c.TLSCert, "KEZHI_TLS_KEY": &c.TLSKey, "KEZHI_PLAIN_LISTEN": &c.PlainListen,
		"KEZHI_RULEBOOKS": &c.Rulebooks, "KEZHI_PUBLIC_URL": &c.PublicURL, "KEZHI_AUDIT_KEY": &c.AuditKey,
	} {
		if v := os.Getenv(name); v != "" {
			*dst = v
		}
	}
	c.Channels.FromEnvironment(os.Getenv)
	c.Backup.FromEnvironment(os.Getenv)
	c.Outbound.FromEnvironment(os.Getenv)
	c.Channels.Outbound, c.Backup.S3.Outbound = c.Outbound, c.Outbound
	c.Keys.Server.Outbound, c.ACME.Outbound = c.Outbound, c.Outbound
	c.Keys.FromEnvironment(os.Getenv)
	return c, nil
}

func (c *Config) read(text []byte) error {
	// A file without a single setting is "null" to YAML, and decoding that would clear every default.
	var document any
	if yaml.Unmarshal(text, &document) == nil && document == nil {
		return nil
	}
	return yaml.UnmarshalWithOptions(text, c, yaml.Strict())
}

// Validate says what is wrong with a value before anything is opened.
func (c Config) Validate() error {
	var v errs.Validation
	_, err := time.LoadLocation(c.Timezone)
	v.Check(err == nil, "timezone", "config.timezone", "value", c.Timezone)
	v.Check(address(c.Listen), "listen", "config.listen", "value", c.Listen)
	v.Check(c.PlainListen == "" || address(c.PlainListen), "plain_listen", "config.listen", "value", c.PlainListen)
	v.Check(c.PlainListen == "" || c.TLS(), "plain_listen", "config.plain_listen")
	v.Check(c.TLSCert == "" || len(c.ACME.Hosts) == 0, "acme.hosts", "config.one_certificate")
	v.Check((c.TLSCert == "") == (c.TLSKey == ""), "tls_key", "config.tls_pair")
	v.Check(c.UploadMB > 0 && c.UploadMB <= 1<<20, "upload_mb", "config.range", "min", 1, "max", 1<<20)
	v.Check(c.Workers > 0 && c.Workers <= 64, "workers", "config.range", "min", 1, "max", 64)
	v.Check(c.StopSeconds > 0 && c.StopSeconds <= 600, "stop_seconds", "config.range", "min", 1, "max", 600)
	var level slog.Level
	v.Check(level.UnmarshalText([]byte(c.LogLevel)) == nil, "log_level", "config.log_level", "value", c.LogLevel)
	for name, b := range map[string]throttle.Bucket{"person": c.RateLimits.Person, "token": c.RateLimits.Token, "address": c.RateLimits.Address} {
		v.Check(b.PerSecond >= 0 && b.PerSecond <= 1e6 && b.Burst >= 0 && b.Burst <= 1e6, "rate_limits."+name, "config.range", "min", 0, "max", 1_000_000)
	}
	u, err := url.Parse(c.PublicURL)
	v.Check(c.PublicURL == "" || err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http"), "public_url", "config.url", "value", c.PublicURL)
	for _, part := range []error{c.Channels.Validate(), c.Backup.Validate(), c.Outbound.Validate(), c.Keys.Validate(), c.ACME.Validate()} {
		if e, ok := errs.As(part); ok {
			for _, f := range e.Fields {
				v.Add(f)
			}
		}
	}
	return v.Err()
}

// TLS says whether the program answers with TLS itself.
func (c Config) TLS() bool { return c.TLSCert != "" || len(c.ACME.Hosts) > 0 }

func address(text string) bool {
	_, port, err := net.SplitHostPort(text)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	return err == nil
}

// Database gives the address db.Open wants.
func (c Config) Database() string {
	if c.DB == "" {
		return filepath.Join(c.Data, "kezhi.db")
	}
	return c.DB
}

// Location gives the organisation's time zone. Call after Validate.
func (c Config) Location() *time.Location {
	loc, err := time.LoadLocation(c.Timezone)
	if err != nil {
		return time.UTC
	}
	return loc
}

// String shows the configuration without the password in the database address.
func (c Config) String() string {
	d := c.Database()
	if scheme, rest, ok := strings.Cut(d, "://"); ok {
		rest, _, _ = strings.Cut(rest, "?") // parameters may carry a password too
		d = scheme + "://" + rest
		if at := strings.LastIndex(rest, "@"); at >= 0 {
			d = scheme + "://…" + rest[at:]
		}
	}
	return fmt.Sprintf("data=%s db=%s listen=%s timezone=%s tls=%v workers=%d", c.Data, d, c.Listen, c.Timezone, c.TLS(), c.Workers)
}

// AuditDir gives the folder in which signed checkpoints of the audit chain are kept.
func (c Config) AuditDir() string { return filepath.Join(c.Data, "audit") }
