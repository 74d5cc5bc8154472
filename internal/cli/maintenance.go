package cli

import (
	"github.com/spf13/cobra"

	"kezhi/internal/app"
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
