package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"kezhi/internal/app"
	"kezhi/internal/clock"
	"kezhi/internal/config"
	"kezhi/internal/demo"
)

func (c *command) demoCmd() *cobra.Command {
	t := c.lang.pick
	var loadOnly bool
	var listen, retail string
	cmd := &cobra.Command{
		Use: "demo", Short: t("载入演示公司并启动服务", "Load the demo company and serve it"), Args: cobra.NoArgs,
		Long: t("演示公司是虚构的：约 2000 个客户、24 个月的订单与回款。再次运行时直接使用已载入的数据。默认数据目录与正式数据分开。",
			"The demo company is made up: about 2,000 customers with 24 months of orders and payments. A second run uses what was loaded. Its data folder is apart from the real one."),
		Example: "  kezhi demo\n  kezhi demo --load-only --data /srv/demo --online-retail online_retail.csv.gz",
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := c.config()
			if err != nil {
				return err
			}
			if c.data == "" && os.Getenv("KEZHI_DATA") == "" {
				cfg.Data = filepath.Join(config.DefaultData(), "demo")
			}
			if listen != "" {
				cfg.Listen = listen
			}
			cfg.Relaxed = true // thousands of small commits, and nothing in the demo that must survive a power cut
			sink, err := demoChannels(&cfg)
			if err != nil {
				return err
			}
			defer func() { _ = sink.Close() }() // nothing waits for it
			if err := cfg.Validate(); err != nil {
				return err
			}
			res, err := c.loadDemo(cmd.Context(), cfg, retail)
			if err != nil {
				return err
			}
			if loadOnly {
				return c.printDemo(res)
			}
			return c.serve(cmd.Context(), cfg, func(string) { c.sayLogins(res) })
		},
	}
	f := cmd.Flags()
	f.BoolVar(&loadOnly, "load-only", false, t("只载入，不启动服务", "load without serving"))
	f.StringVar(&listen, "listen", "", t("监听地址 主机:端口（默认 127.0.0.1:8080）", "address host:port (default 127.0.0.1:8080)"))
	f.StringVar(&retail, "online-retail", "", t("同时导入 UCI Online Retail 数据文件（.csv 或 .csv.gz）", "also import the UCI Online Retail file (.csv or .csv.gz)"))
	c.jsonFlag(cmd)
	return cmd
}

// demoChannels has text messages and webhook calls go to a sink in the program where no channel is set up.
func demoChannels(cfg *config.Config) (*demo.Sink, error) {
	sink, err := demo.NewSink()
	if err == nil && !cfg.Channels.Any() {
		cfg.Channels = sink.Channels()
		cfg.Channels.Outbound.Allow = append(slices.Clone(cfg.Outbound.Allow), "127.0.0.1") // where the sink listens
	}
	return sink, err
}

// loadDemo loads the demo, or finds the one that was loaded before.
func (c *command) loadDemo(ctx context.Context, cfg config.Config, retail string) (res demo.Result, err error) {
	dial := demo.NewDial(clock.System)
	a, err := app.NewAt(ctx, cfg, c.logger(cfg, false), dial.Now)
	if err != nil {
		return res, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	t := c.lang.pick
	res, ok, err := demo.Loaded(ctx, a.DB.Read())
	if err != nil {
		return res, err
	}
	if ok {
		c.say(t("使用已载入的演示数据：%s", "Using the demo data loaded before: %s"), cfg.Data)
		return res, nil
	}
	c.say(t("正在把演示公司载入 %s，约需一分钟……", "Loading the demo company into %s, about a minute…"), cfg.Data)
	res, err = demo.Load(ctx, a, dial, demo.LoadOptions{OnlineRetail: retail}, func(_ string, done, total int64) { c.progress(done, total) })
	if err != nil {
		return res, err
	}
	c.say(t("已载入客户 %d 个、业务事实 %d 条。", "Loaded %d customers and %d facts."), res.Customers, res.Facts)
	return res, demo.Remember(ctx, a.DB, clock.System, res)
}

func (c *command) printDemo(res demo.Result) error {
	if c.json {
		return c.printJSON(res)
	}
	c.sayLogins(res)
	return nil
}

func (c *command) sayLogins(res demo.Result) {
	c.say(c.lang.pick("演示登录（密码都是 %s）：", "Demo logins (the password of all is %s):"), res.Password)
	for _, l := range res.Logins {
		c.say("  %-16s %s（%s）", l.Login, l.Name, l.Role)
	}
}
