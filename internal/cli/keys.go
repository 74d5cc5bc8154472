package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"kezhi/internal/app"
	"kezhi/internal/authz"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/seal"
)

// sealing is how an installation is sealed, as it is printed with --json.
type sealing struct {
	Source  string    `json:"source"`
	Place   string    `json:"place"`
	Master  string    `json:"master"`
	Beside  bool      `json:"beside"`
	KeyID   string    `json:"key_id"`
	Since   time.Time `json:"since"`
	Keys    int       `json:"keys"`
	All     int64     `json:"all"`
	Waiting int64     `json:"waiting"`
}

func (c *command) keysCmd() *cobra.Command {
	t := c.lang.pick
	cmd := &cobra.Command{
		Use: "keys", Short: t("查看和更换加密密钥", "Show and change the keys"), Args: cobra.NoArgs,
		Long: t("附件和敏感字段用数据密钥加密，数据密钥由主密钥包裹。主密钥不在数据库和备份里，请另存一份。",
			"Uploads and sensitive fields are sealed by data keys, which are wrapped under a master key. The master key is in no database and no backup: keep a copy of it elsewhere."),
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	status := &cobra.Command{
		Use: "status", Short: t("现用的密钥，以及还有多少内容待重新加密", "The keys in use, and how much waits to be sealed anew"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.withApp(cmd.Context(), c.tellKeys) },
	}
	c.jsonFlag(status)
	var master, wait bool
	rotate := &cobra.Command{
		Use: "rotate", Short: t("更换密钥，不停机", "Change the keys without downtime"), Args: cobra.NoArgs,
		Long: t("换一个新的数据密钥，并在后台把原有内容重新加密；服务运行时由它的后台任务完成，--wait 则在这里做完。--master 更换文件中的主密钥，旧的改名留在旁边：更换之前的备份仍需要它。",
			"Makes a new data key and seals everything anew with it in the background: by the jobs of the running server, or with --wait here and now. --master replaces the master key in its file; the one before stays beside it, because backups from before still need it."),
		Example: "  kezhi keys rotate --data /srv/kezhi\n  kezhi keys rotate --master --wait",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error { return c.rotate(ctx, a, master, wait) })
		},
	}
	rotate.Flags().BoolVar(&master, "master", false, t("更换主密钥（在文件中时）", "replace the master key (one in a file)"))
	rotate.Flags().BoolVar(&wait, "wait", false, t("在这里等到全部重新加密", "seal everything anew here and now"))
	c.jsonFlag(rotate)
	fresh := &cobra.Command{
		Use: "new FILE", Short: t("生成一个主密钥文件", "Make a file with a master key"), Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			m, err := seal.WriteMaster(args[0], "")
			if err == nil {
				c.print(t("已生成主密钥 %s：%s。请另存一份，与数据和备份分开保管。", "Made master key %s: %s. Keep a copy apart from the data and its backups."), m.ID(), args[0])
			}
			return err
		},
	}
	cmd.AddCommand(status, rotate, fresh)
	return cmd
}

func (c *command) tellKeys(ctx context.Context, a *app.App) error {
	st, err := a.Keys.Status(ctx)
	if err != nil {
		return err
	}
	if c.json {
		return c.printJSON(sealing{st.Source, st.Place, st.Master, st.Beside, id.String(st.KeyID), st.Since, st.Keys, st.All, st.Waiting})
	}
	t := c.lang.pick
	c.print(t("主密钥 %s（%s）。", "Master key %s (%s)."), st.Master, st.Place)
	if st.Beside {
		c.print(t("它与数据在同一目录：请另存一份，最好用 keys.file 放到别处。", "It lies beside the data: keep a copy elsewhere, and better move it elsewhere with keys.file."))
	}
	c.print(t("数据密钥 %s，%s 起使用，共 %d 个。", "Data key %s, in use since %s, %d in all."), id.String(st.KeyID), st.Since.In(a.Config.Location()).Format(time.DateTime), st.Keys)
	c.print(t("加密内容 %d 项，待用现用密钥重新加密 %d 项。", "Sealed: %d; %d of them wait to be sealed with the key in use."), st.All, st.Waiting)
	return nil
}

func (c *command) rotate(ctx context.Context, a *app.App, master, wait bool) error {
	if master {
		name, err := a.Keys.ReplaceMaster(ctx)
		if err != nil {
			return err
		}
		c.say(c.lang.pick("新的主密钥 %s 已启用。请另存一份。", "The new master key %s is in use. Keep a copy of it elsewhere."), name)
	}
	jobID, err := a.Keys.Rotate(ctx, a.Queue)
	if err != nil {
		return err
	}
	if wait {
		// A server beside this one may have taken the job already; then it is in good hands.
		if _, err := a.Runner.RunJob(authz.With(ctx, authz.System(operator())), jobID); err != nil && errs.CodeOf(err) != "job.taken" {
			return err
		}
	}
	return c.tellKeys(ctx, a)
}
