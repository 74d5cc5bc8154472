package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"kezhi/internal/app"
	"kezhi/internal/authz"
	"kezhi/internal/config"
	"kezhi/internal/errs"
)

var noConfig config.Config

func (c *command) serveCmd() *cobra.Command {
	t := c.lang.pick
	var listen, cert, key string
	cmd := &cobra.Command{
		Use: "serve", Short: t("启动服务和网页", "Serve the API and the web UI"), Args: cobra.NoArgs,
		Long: t("没有用户时，日志中会给出一次性的设置链接。Ctrl-C 或 SIGTERM 平稳停止。",
			"While there is no user, the log shows a one-time set-up link. Ctrl-C or SIGTERM stops gracefully."),
		Example: "  kezhi serve --listen 127.0.0.1:8080 --data /srv/kezhi\n  kezhi serve --db postgres://kezhi@localhost/kezhi",
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := c.config()
			if err != nil {
				return err
			}
			set := func(dst *string, v string) {
				if v != "" {
					*dst = v
				}
			}
			set(&cfg.Listen, listen)
			set(&cfg.TLSCert, cert)
			set(&cfg.TLSKey, key)
			if err := cfg.Validate(); err != nil {
				return err
			}
			return c.serve(cmd.Context(), cfg, nil)
		},
	}
	cmd.Flags().StringVar(&listen, "listen", "", t("监听地址 主机:端口（默认 127.0.0.1:8080）", "address host:port (default 127.0.0.1:8080)"))
	cmd.Flags().StringVar(&cert, "tls-cert", "", t("TLS 证书文件（PEM）", "TLS certificate file (PEM)"))
	cmd.Flags().StringVar(&key, "tls-key", "", t("TLS 私钥文件（PEM）", "TLS key file (PEM)"))
	return cmd
}

// serve runs until the context ends, then stops in reverse order within the configured time. ready is told the address.
func (c *command) serve(ctx context.Context, cfg config.Config, ready func(url string)) error {
	log := c.logger(cfg, true)
	// Listening comes first: a taken port must be known before the database is touched.
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", cfg.Listen)
	if err != nil {
		return errs.Wrap(err, errs.Unavailable, "serve.listen", "address", cfg.Listen)
	}
	a, err := app.New(ctx, cfg, log)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	// A text of its own that cannot be read must not keep the company from working; it is said aloud, and the versions
	// that were registered before stay.
	if err := a.Rulebooks.SyncFolder(authz.With(ctx, authz.System("serve")), cfg.Rulebooks); err != nil {
		log.ErrorContext(ctx, "own rulebooks were not all taken in", "folder", cfg.Rulebooks, "error", err)
		c.say("%s", explainError(c.lang, err))
	}
	handler, err := a.Handler()
	if err != nil {
		return errors.Join(err, l.Close(), a.Close())
	}
	srv := &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	front, err := newFront(ctx, cfg, l, log)
	if err != nil {
		return errors.Join(err, l.Close(), a.Close())
	}
	a.Start()
	url := front.url
	if err := c.greet(ctx, a, url, ready); err != nil {
		return errors.Join(err, l.Close(), front.close(), a.Close())
	}
	failed := make(chan error, 2)
	go func() { failed <- srv.Serve(front.listener) }()
	front.redirect(failed)
	select {
	case err = <-failed:
		err = errs.Wrap(err, errs.Unavailable, "serve.failed", "problem", err.Error())
	case <-ctx.Done():
		log.Info("stopping")
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Duration(cfg.StopSeconds)*time.Second)
	defer cancel()
	return errors.Join(err, srv.Shutdown(stop), front.close(), a.Close())
}

func (c *command) greet(ctx context.Context, a *app.App, url string, ready func(string)) error {
	t := c.lang.pick
	c.say(t("客制已启动：%s", "Kezhi is ready: %s"), url)
	secret, err := a.Users.OfferSetup(ctx)
	if err != nil {
		return err
	}
	if secret != "" {
		c.say(t("还没有用户。请打开一次性设置链接建立管理员：%s", "There is no user yet. Open this one-time link to make the administrator: %s"), fmt.Sprintf("%s/setup?token=%s", url, secret))
	}
	if ready != nil {
		ready(url)
	}
	return nil
}
