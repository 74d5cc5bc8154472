package cli

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"time"

	"kezhi/internal/cert"
	"kezhi/internal/clock"
	"kezhi/internal/config"
	"kezhi/internal/errs"
)

// front is what people connect to: the listener, with TLS where that is set up, and the one beside it that sends them there.
type front struct {
	listener net.Listener
	url      string
	plain    *http.Server // nil = there is none
	at       net.Listener
}

func newFront(ctx context.Context, cfg config.Config, l net.Listener, log *slog.Logger) (*front, error) {
	f := &front{listener: l, url: "http://" + l.Addr().String()}
	if !cfg.TLS() {
		return f, nil
	}
	var source *cert.Source
	var err error
	if cfg.TLSCert != "" {
		source, err = cert.Files(cfg.TLSCert, cfg.TLSKey, clock.System, log)
	} else {
		source, err = cert.FromACME(cfg.ACME, filepath.Join(cfg.Data, "acme"))
	}
	if err != nil {
		return nil, err
	}
	f.listener, f.url = source.Listener(l), "https://"+l.Addr().String()
	if len(cfg.ACME.Hosts) > 0 {
		f.url = "https://" + cfg.ACME.Hosts[0]
	}
	if cfg.PlainListen == "" {
		return f, nil
	}
	if f.at, err = (&net.ListenConfig{}).Listen(ctx, "tcp", cfg.PlainListen); err != nil {
		return nil, errs.Wrap(err, errs.Unavailable, "serve.listen", "address", cfg.PlainListen)
	}
	f.plain = &http.Server{
		Handler: source.Redirect(l.Addr(), cfg.ACME.Hosts), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 20 * time.Second, WriteTimeout: 20 * time.Second,
		IdleTimeout: 30 * time.Second, MaxHeaderBytes: 16 << 10,
	}
	return f, nil
}

// redirect answers those who come without TLS, until close.
func (f *front) redirect(failed chan<- error) {
	if f.plain == nil {
		return
	}
	go func() {
		if err := f.plain.Serve(f.at); !errors.Is(err, http.ErrServerClosed) {
			failed <- err
		}
	}()
}

func (f *front) close() error {
	if f.plain == nil {
		return nil
	}
	return f.plain.Close()
}
