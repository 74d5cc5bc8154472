package channel

import (
	"errors"
	"io/fs"
	"net"
	"net/mail"
	"net/url"
	"os"
	"strconv"
	"strings"

	"kezhi/internal/errs"
	"kezhi/internal/outbound"
)

// Config says which channels there are. An empty part is a channel that is not configured.
type Config struct {
	Mail    MailConfig    `yaml:"mail"`
	SMS     SMSConfig     `yaml:"sms"`
	WeCom   WeComConfig   `yaml:"wecom"`
	Webhook WebhookConfig `yaml:"webhook"`

	Outbound outbound.Config `yaml:"-"` // of the whole installation
}

// Any says whether a channel is configured.
func (c Config) Any() bool {
	return c.Mail.Host != "" || c.SMS.URL != "" || c.WeCom.CorpID != "" || c.Webhook.URL != ""
}

// How the connection to a mail server is protected.
const (
	SecurityStartTLS = "starttls" // plain at first, TLS before anything is said; refused when the server has none
	SecurityTLS      = "tls"      // TLS from the first byte
	SecurityNone     = "none"     // only for servers on this machine
)

// MailConfig is a mail server that takes messages for others.
type MailConfig struct {
	Host         string `yaml:"host"`
	Port         int    `yaml:"port"`     // 0 = 587 with starttls, 465 with tls, 25 with none
	Security     string `yaml:"security"` // "" = starttls
	User         string `yaml:"user"`
	Password     string `yaml:"password"`
	PasswordFile string `yaml:"password_file"`
	From         string `yaml:"from"`     // 华东公司 <service@example.com>
	ReplyTo      string `yaml:"reply_to"` // "" = From
	CAFile       string `yaml:"ca_file"`  // PEM of the authority that signed the server's certificate; "" = those of the system
}

// SMSConfig is a provider of text messages with an HTTP interface, described by templates: {{to}} (E.164), {{to_digits}},
// {{to_national}} (without +86), {{text}}, {{key}} and {{secret}} are filled in and escaped for their place.
type SMSConfig struct {
	URL        string            `yaml:"url"`
	Method     string            `yaml:"method"` // "" = POST
	Headers    map[string]string `yaml:"headers"`
	Body       string            `yaml:"body"`
	Secret     string            `yaml:"secret"`
	SecretFile string            `yaml:"secret_file"`
	// OKField and OKValues say by which member of a JSON answer success is told ("code", ["0"]); empty = by the status alone.
	OKField  string   `yaml:"ok_field"`
	OKValues []string `yaml:"ok_values"`
	// BusyValues are values of OKField that mean "try again later".
	BusyValues []string `yaml:"busy_values"`
	IDField    string   `yaml:"id_field"` // member of the answer with the provider's id: data.id
	// Deduplicates says that the provider recognises {{key}}, so that a message may be handed over again.
	Deduplicates bool `yaml:"deduplicates"`
	AllowHTTP    bool `yaml:"allow_http"`
}

// WeComConfig is an application of a WeCom corporation.
type WeComConfig struct {
	BaseURL    string `yaml:"base_url"` // "" = https://qyapi.weixin.qq.com
	CorpID     string `yaml:"corp_id"`
	AgentID    int64  `yaml:"agent_id"`
	Secret     string `yaml:"secret"`
	SecretFile string `yaml:"secret_file"`
	AllowHTTP  bool   `yaml:"allow_http"`
}

// WebhookConfig is a server of the company's own that passes messages on.
type WebhookConfig struct {
	URL        string `yaml:"url"`
	Secret     string `yaml:"secret"` // signs each request
	SecretFile string `yaml:"secret_file"`
	AllowHTTP  bool   `yaml:"allow_http"`
}

// FromEnvironment takes secrets from the environment, which wins over the file of settings.
func (c *Config) FromEnvironment(get func(string) string) {
	for name, dst := range map[string]*string{
		"KEZHI_MAIL_PASSWORD": &c.Mail.Password, "KEZHI_SMS_SECRET": &c.SMS.Secret,
		"KEZHI_WECOM_SECRET": &c.WeCom.Secret, "KEZHI_WEBHOOK_SECRET": &c.Webhook.Secret,
	} {
		if v := get(name); v != "" {
			*dst = v
		}
	}
}

// Validate says what is wrong with the settings of a channel before anything is sent. Error: invalid_input with config.* fields.
func (c Config) Validate() error {
	var v errs.Validation
	if m := c.Mail; m.Host != "" {
		_, err := mail.ParseAddress(m.From)
		v.Check(err == nil, "channels.mail.from", "config.mail_from", "value", m.From)
		v.Check(m.Port >= 0 && m.Port <= 65535, "channels.mail.port", "config.range", "min", 0, "max", 65535)
		switch m.Security {
		case "", SecurityStartTLS, SecurityTLS:
		case SecurityNone:
			v.Check(m.User == "" || loopback(m.Host), "channels.mail.security", "config.mail_plain")
		default:
			v.Check(false, "channels.mail.security", "config.mail_security", "value", m.Security)
		}
	}
	checkURL(&v, "channels.sms.url", placeholder.ReplaceAllString(c.SMS.URL, "x"), c.SMS.AllowHTTP)
	checkURL(&v, "channels.wecom.base_url", c.WeCom.BaseURL, c.WeCom.AllowHTTP)
	checkURL(&v, "channels.webhook.url", c.Webhook.URL, c.Webhook.AllowHTTP)
	v.Check(c.SMS.OKField == "" || len(c.SMS.OKValues) > 0, "channels.sms.ok_values", "field.required")
	v.Check(c.Webhook.URL == "" || c.Webhook.Secret+c.Webhook.SecretFile != "", "channels.webhook.secret", "field.required")
	v.Check(c.WeCom.CorpID == "" || c.WeCom.Secret+c.WeCom.SecretFile != "", "channels.wecom.secret", "field.required")
	return v.Err()
}

// checkURL lets pass https, and http to this machine or where the administrator wants it so.
func checkURL(v *errs.Validation, path, raw string, allowHTTP bool) {
	if raw == "" {
		return
	}
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.User != nil {
		v.Check(false, path, "config.url", "value", hostOf(raw))
		return
	}
	plain := u.Scheme == "http" && (allowHTTP || loopback(u.Hostname()))
	v.Check(u.Scheme == "https" || plain, path, "config.url_plain", "host", u.Host)
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func hostOf(raw string) string {
	u, err := url.Parse(placeholder.ReplaceAllString(raw, "x"))
	if err != nil {
		return ""
	}
	return u.Host
}

// secretOf gives the secret of the settings, or what its file holds.
func secretOf(value, path string) (string, error) {
	if value != "" || path == "" {
		return value, nil
	}
	b, err := os.ReadFile(path)
	if err != nil {
		problem := err.Error()
		if errors.Is(err, fs.ErrNotExist) {
			problem = "not found"
		}
		return "", errs.Wrap(err, errs.Invalid, "config.secret_file", "path", path, "problem", problem)
	}
	return strings.TrimSpace(string(b)), nil
}

func (m MailConfig) port() int {
	switch {
	case m.Port != 0:
		return m.Port
	case m.Security == SecurityTLS:
		return 465
	case m.Security == SecurityNone:
		return 25
	}
	return 587
}

func (m MailConfig) target() string { return net.JoinHostPort(m.Host, strconv.Itoa(m.port())) }
