package channel

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"net"
	"net/mail"
	"net/textproto"
	"os"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"kezhi/internal/errs"
	"kezhi/internal/outbound"
)

// mailer hands messages to a mail server, one connection each: greetings come in hundreds, not in millions.
type mailer struct {
	c      MailConfig
	domain string // of the sender, for ids of messages
	opts   []gomail.Option
}

func newMail(c MailConfig, guard *outbound.Guard) (*mailer, error) {
	password, err := secretOf(c.Password, c.PasswordFile)
	if err != nil {
		return nil, err
	}
	m := &mailer{c: c, domain: domainOf(c.From), opts: []gomail.Option{gomail.WithPort(c.port()), gomail.WithTimeout(timeout)}}
	conf := &tls.Config{ServerName: c.Host, MinVersion: tls.VersionTLS12}
	if c.CAFile != "" {
		pem, err := os.ReadFile(c.CAFile)
		if err != nil {
			return nil, errs.Wrap(err, errs.Invalid, "config.secret_file", "path", c.CAFile, "problem", err.Error())
		}
		conf.RootCAs = x509.NewCertPool()
		if !conf.RootCAs.AppendCertsFromPEM(pem) {
			return nil, errs.New(errs.Invalid, "config.secret_file", "path", c.CAFile, "problem", "PEM")
		}
	}
	m.opts = append(m.opts, gomail.WithTLSConfig(conf), gomail.WithDialContextFunc(guard.DialContext))
	auth := gomail.SMTPAuthAutoDiscover
	switch c.Security {
	case SecurityTLS:
		// With a way to connect of one's own the library leaves TLS to it. It sees that the connection has TLS only where it would
		// begin it by STARTTLS too, which no server offers that has it already.
		m.opts = append(m.opts, gomail.WithTLSPolicy(gomail.TLSOpportunistic), gomail.WithDialContextFunc(func(ctx context.Context, network, address string) (net.Conn, error) {
			return overTLS(ctx, guard, network, address, conf)
		}))
	case SecurityNone:
		m.opts = append(m.opts, gomail.WithTLSPolicy(gomail.NoTLS))
		auth = gomail.SMTPAuthPlainNoEnc
	default:
		m.opts = append(m.opts, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if c.User != "" {
		m.opts = append(m.opts, gomail.WithSMTPAuth(auth), gomail.WithUsername(c.User), gomail.WithPassword(password))
	}
	return m, nil
}

// overTLS connects and has the certificate proved before anything is said.
func overTLS(ctx context.Context, guard *outbound.Guard, network, address string, conf *tls.Config) (net.Conn, error) {
	conn, err := guard.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	secure := tls.Client(conn, conf)
	if err := secure.HandshakeContext(ctx); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return secure, nil
}

func domainOf(from string) string {
	_, domain, _ := strings.Cut(strings.TrimSuffix(from[strings.LastIndex(from, "<")+1:], ">"), "@")
	return domain
}

// Repeatable is never: the protocol has no key by which a server knows a message again. The id of a message stays the same
// over all attempts, so that most mailboxes show it once nevertheless.
func (m *mailer) Repeatable() time.Duration { return 0 }

// MessageID gives the id a mail bears in every attempt.
func (m *mailer) messageID(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:16]) + "@" + m.domain
}

func (m *mailer) compose(in Message) (*gomail.Msg, error) {
	msg := gomail.NewMsg()
	if err := msg.From(m.c.From); err != nil {
		return nil, failed(Refused, err, "the sender's address is wrong")
	}
	var err error
	if in.Name != "" {
		err = msg.To((&mail.Address{Name: oneLine(in.Name), Address: in.To}).String()) // quoted as the name needs it
	} else {
		err = msg.To(in.To)
	}
	if err != nil {
		return nil, failed(Permanent, err, "the address is none")
	}
	if m.c.ReplyTo != "" {
		if err := msg.ReplyTo(m.c.ReplyTo); err != nil {
			return nil, failed(Refused, err, "the address for replies is wrong")
		}
	}
	msg.Subject(oneLine(in.Subject))
	msg.SetMessageIDWithValue(m.messageID(in.Key))
	msg.SetDate()
	msg.SetGenHeader(gomail.HeaderContentLang, in.Language)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	if in.Unsubscribe != "" {
		msg.SetGenHeaderPreformatted("List-Unsubscribe", "<"+oneLine(in.Unsubscribe)+">")
		msg.SetGenHeaderPreformatted("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
	}
	msg.SetBodyString(gomail.TypeTextPlain, in.Text)
	return msg, nil
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Send hands one mail over; the receipt is the id of the mail with what the server said.
func (m *mailer) Send(ctx context.Context, in Message) (Receipt, error) {
	msg, err := m.compose(in)
	if err != nil {
		return Receipt{}, err
	}
	client, err := gomail.NewClient(m.c.Host, m.opts...)
	if err != nil {
		return Receipt{}, failed(Refused, err, "the settings of the mail server are wrong")
	}
	err = client.DialAndSendWithContext(ctx, msg)
	if msg.IsDelivered() { // what failed afterwards was only taking leave
		return Receipt{ID: "<" + m.messageID(in.Key) + ">"}, nil
	}
	return Receipt{}, m.failure(msg, err)
}

func (m *mailer) failure(msg *gomail.Msg, err error) *SendError {
	if se := new(gomail.SendError); errors.As(err, &se) {
		return sendFailure(se, err)
	}
	if own := new(gomail.SendError); msg.SendError() != nil && errors.As(msg.SendError(), &own) {
		return sendFailure(own, err)
	}
	var said *textproto.Error
	var cert *tls.CertificateVerificationError
	switch {
	case errors.Is(err, outbound.ErrRefused):
		return notAllowed(err)
	case errors.As(err, &said) && said.Code >= 500:
		return &SendError{Class: Refused, Reply: short(said.Error()), Down: true, Err: err}
	case errors.As(err, &cert):
		return &SendError{Class: Refused, Reply: "the certificate of the mail server cannot be trusted", Down: true, Err: err}
	case strings.Contains(err.Error(), "STARTTLS"):
		return &SendError{Class: Refused, Reply: "the mail server offers no STARTTLS", Down: true, Err: err}
	case strings.Contains(err.Error(), "AUTH"):
		return &SendError{Class: Refused, Reply: "the mail server offers no way to sign in", Down: true, Err: err}
	}
	return &SendError{Class: Temporary, Reply: "the mail server does not answer", Down: true, Err: err}
}

// sendFailure classes what went wrong once the server talked to us.
func sendFailure(se *gomail.SendError, err error) *SendError {
	reply := short(firstLine(se.Error()))
	switch {
	case se.Reason == gomail.ErrSMTPDataClose && se.ErrorCode() == 0:
		return failed(Unclear, err, "the connection broke after the mail was handed over")
	case se.ErrorCode() >= 500 && se.Reason == gomail.ErrSMTPMailFrom:
		return failed(Refused, err, "%s", reply)
	case se.ErrorCode() >= 500:
		return failed(Permanent, err, "%s", reply)
	}
	return failed(Temporary, err, "%s", reply)
}

// firstLine leaves out what the library adds about us: recipients and ids.
func firstLine(s string) string {
	s, _, _ = strings.Cut(s, ", affected")
	return s
}
