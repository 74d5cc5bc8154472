package seal

import (
	"net/url"
	"path/filepath"

	"kezhi/internal/errs"
	"kezhi/internal/outbound"
)

// Config says where the master key is: in the environment, at a key server, or in a file, in this order.
type Config struct {
	File         string `yaml:"file"`          // empty = DATA/keys/master; made at the first start
	PreviousFile string `yaml:"previous_file"` // the master key before this one, while the data keys are still under it
	Server       Server `yaml:"server"`
	Text         string `yaml:"-"` // KEZHI_MASTER_KEY
	PreviousText string `yaml:"-"` // KEZHI_MASTER_KEY_PREVIOUS
}

// Server is a key server that speaks the transit interface of HashiCorp Vault and OpenBao: the master key never leaves it.
type Server struct {
	URL       string `yaml:"url"`        // https://vault.example.com:8200/v1/transit
	Key       string `yaml:"key"`        // name of the key there
	TokenFile string `yaml:"token_file"` // read anew for every request, so that an agent may renew it
	Token     string `yaml:"-"`          // KEZHI_KEY_SERVER_TOKEN
	CAFile    string `yaml:"ca_file"`    // certificate of an authority of your own, PEM

	Outbound outbound.Config `yaml:"-"` // of the whole installation
}

// FromEnvironment takes the keys and the token, none of which has to stand in a file.
func (c *Config) FromEnvironment(get func(string) string) {
	for name, dst := range map[string]*string{
		"KEZHI_MASTER_KEY": &c.Text, "KEZHI_MASTER_KEY_PREVIOUS": &c.PreviousText, "KEZHI_MASTER_KEY_FILE": &c.File, "KEZHI_KEY_SERVER_TOKEN": &c.Server.Token,
	} {
		if v := get(name); v != "" {
			*dst = v
		}
	}
}

// Validate gives every wrong field, with paths below "keys".
func (c Config) Validate() error {
	var v errs.Validation
	if c.Server.URL != "" {
		u, err := url.Parse(c.Server.URL)
		v.Check(err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http" && local127(u.Hostname())), "keys.server.url", "config.url", "value", c.Server.URL)
		v.Check(c.Server.Key != "", "keys.server.key", "field.required")
		v.Check(c.Server.Token+c.Server.TokenFile != "", "keys.server.token_file", "field.required")
	}
	return v.Err()
}

func local127(host string) bool { return host == "127.0.0.1" || host == "localhost" || host == "::1" }

// The sources of a master key.
const (
	FromFile   = "file"
	FromEnv    = "environment"
	FromServer = "server"
)

// place gives the source and where in it.
func (c Config) place(dataDir string) (source, where string) {
	switch {
	case c.Text != "":
		return FromEnv, "KEZHI_MASTER_KEY"
	case c.Server.URL != "":
		return FromServer, c.Server.URL
	case c.File != "":
		return FromFile, c.File
	}
	return FromFile, filepath.Join(dataDir, "keys", "master")
}
