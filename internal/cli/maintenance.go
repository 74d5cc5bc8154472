package cli

import (
	"context"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"kezhi/internal/app"
	"kezhi/internal/backup"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/httpapi"
)

func (c *command) migrateCmd() *cobra.Command {
	t := c.lang.pick
	var status bool
	cmd := &cobra.Command{
		Use: "migrate", Short: t("把数据库升级到本程序的版本", "Bring the database to this program's version"), Args: cobra.NoArgs,
		Long: t("只升不降。比本程序更新的数据库会被拒绝，原样保留。其他命令启动时也会自动升级。", "Forward only. A database newer than the program is refused and left alone. Other commands migrate by themselves when they start."),
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			cfg, err := c.config()
			if err != nil {
				return err
			}
			d, err := db.Open(ctx, cfg.Database(), db.Options{Readers: 1, Log: c.logger(cfg, false), MustExist: status})
			if err != nil {
				return err
			}
			defer func() { _ = d.Close() }()
			var applied []string
			if !status {
				if applied, err = d.Migrate(ctx); err != nil {
					return err
				}
			}
			have, newest, err := d.Versions(ctx)
			if err != nil {
				return err
			}
			if c.json {
				return c.printJSON(map[string]any{"applied": orEmpty(applied), "version": have, "newest": newest})
			}
			c.print(t("数据库版本 %d，程序版本 %d，本次执行 %d 步。", "Database version %d, program knows %d, %d steps applied."), have, newest, len(applied))
			return nil
		},
	}
	cmd.Flags().BoolVar(&status, "status", false, t("只显示版本，不做更改", "only show the versions"))
	c.jsonFlag(cmd)
	return cmd
}

func (c *command) backupCmd() *cobra.Command {
	t := c.lang.pick
	cmd := &cobra.Command{
		Use: "backup [FILE]", Short: t("在运行中备份数据库和附件", "Back up database and files while running"), Args: cobra.MaximumNArgs(1),
		Long: t("写出一个压缩包；写完并核对之后才以最终文件名出现。PostgreSQL 请用它自己的工具，见 docs/operations.md。",
			"Writes one archive, which appears under its name only when it is complete and proved. For PostgreSQL use its own tools, see docs/operations.md."),
		Example: "  kezhi backup /backup/kezhi-2026-11-22.tar.gz",
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				now := clock.System()
				path := "kezhi-" + now.In(a.Config.Location()).Format("20060102-150405") + ".tar.gz"
				if len(args) == 1 {
					path = args[0]
				}
				path, err := filepath.Abs(path)
				if err != nil {
					return err
				}
				m, err := backup.Write(ctx, a.DB, a.Config.Data, path, app.Version, now)
				if err != nil {
					return err
				}
				if c.json {
					return c.printJSON(map[string]any{"path": path, "manifest": m})
				}
				c.print(t("已备份到 %s：客户 %d，业务事实 %d，附件 %d，审计记录 %d（已核对）。", "Backed up to %s: %d customers, %d facts, %d files, %d audit entries (proved)."),
					path, m.Rows["customer"], m.Rows["fact"], m.Files, m.AuditSeq)
				return nil
			})
		},
	}
	c.jsonFlag(cmd)
	return cmd
}

func (c *command) restoreCmd() *cobra.Command {
	t := c.lang.pick
	cmd := &cobra.Command{
		Use: "restore FILE", Short: t("从备份恢复到空的数据目录", "Restore a backup into an empty data folder"), Args: cobra.ExactArgs(1),
		Long: t("先解包并逐项核对（行数、摘要、审计链），全部一致才生效；不会覆盖已有的数据库。",
			"Unpacks and proves everything first (row counts, digest, audit chain) and only then becomes the installation; it never overwrites a database."),
		Example: "  kezhi restore kezhi-2026-11-22.tar.gz --data /srv/kezhi",
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, err := c.config()
			if err != nil {
				return err
			}
			m, err := backup.Restore(cmd.Context(), args[0], cfg.Data)
			if err != nil {
				return err
			}
			if c.json {
				return c.printJSON(map[string]any{"data": cfg.Data, "manifest": m})
			}
			c.print(t("已恢复到 %s：备份时间 %s，客户 %d，业务事实 %d，附件 %d。", "Restored to %s: made %s, %d customers, %d facts, %d files."),
				cfg.Data, m.MadeAt.Format(time.DateTime), m.Rows["customer"], m.Rows["fact"], m.Files)
			return nil
		},
	}
	c.jsonFlag(cmd)
	return cmd
}

func (c *command) versionCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use: "version", Short: c.lang.pick("显示版本", "Show the version"), Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if c.json {
				return c.printJSON(map[string]string{"version": app.Version})
			}
			c.print("kezhi %s", app.Version)
			return nil
		},
	}
	c.jsonFlag(cmd)
	return cmd
}

// openapiCmd prints the API document; make gen writes it to api/openapi.json.
func (c *command) openapiCmd() *cobra.Command {
	return &cobra.Command{
		Use: "openapi", Hidden: true, Short: "Print the OpenAPI document", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			api := httpapi.New(app.Version, c.logger(noConfig, false))
			app.Routes(api, app.Services{}, false)
			spec, err := api.Spec()
			if err != nil {
				return err
			}
			_, err = c.out.Write(spec)
			return err
		},
	}
}

func (c *command) jsonFlag(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&c.json, "json", false, c.lang.pick("以 JSON 输出结果", "print the result as JSON"))
}

func orEmpty[T any](v []T) []T {
	if v == nil {
		return []T{}
	}
	return v
}
