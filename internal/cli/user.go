package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"kezhi/internal/app"
	"kezhi/internal/authz"
	"kezhi/internal/id"
	"kezhi/internal/user"
)

func (c *command) userCmd() *cobra.Command {
	t := c.lang.pick
	cmd := &cobra.Command{Use: "user", Short: t("管理用户", "Manage users"), Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	cmd.AddCommand(c.userAddCmd(), c.userListCmd(), c.userPasswordCmd(), c.userStateCmd("disable", user.Disabled), c.userStateCmd("enable", user.Active), c.userUnlockCmd(), c.userPostCmd(), c.userImportCmd(), c.userExportCmd())
	return cmd
}

func (c *command) userAddCmd() *cobra.Command {
	t := c.lang.pick
	var name string
	var roles []string
	var program bool
	cmd := &cobra.Command{
		Use: "add LOGIN", Short: t("新增用户（密码从标准输入读取）", "Add a user (the password is read from standard input)"), Args: cobra.ExactArgs(1),
		Example: "  kezhi user add admin --name " + t("管理员", "Administrator") + " --role admin",
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				if name == "" {
					name = args[0]
				}
				in := user.Input{Login: &args[0], Name: &name, Roles: &roles}
				if program {
					in.Kind = new(user.Program)
				} else {
					password, err := c.readPassword()
					if err != nil {
						return err
					}
					in.Password = &password
				}
				u, err := a.Users.Create(ctx, in)
				if err != nil {
					return err
				}
				if c.json {
					return c.printJSON(map[string]any{"id": id.String(u.ID), "login": u.Login, "roles": u.Roles})
				}
				c.print(t("已新增用户 %s（%s）。", "Added user %s (%s)."), u.Login, strings.Join(u.Roles, ", "))
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&name, "name", "", t("姓名（默认与登录名相同）", "name (default: the login)"))
	cmd.Flags().StringSliceVar(&roles, "role", []string{authz.RoleAdmin}, t("角色，可重复", "role, may be repeated"))
	cmd.Flags().BoolVar(&program, "service", false, t("程序账号：没有密码，只用令牌", "the account of a program: no password, tokens only"))
	c.jsonFlag(cmd)
	return cmd
}

func (c *command) userListCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use: "list", Short: c.lang.pick("列出用户", "List users"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				users, err := a.Users.List(ctx)
				if err != nil {
					return err
				}
				type row struct {
					ID    string   `json:"id"`
					Login string   `json:"login"`
					Name  string   `json:"name"`
					State string   `json:"state"`
					Roles []string `json:"roles"`
				}
				out := []row{}
				for _, u := range users {
					out = append(out, row{id.String(u.ID), u.Login, u.Name, string(u.State), u.Roles})
					if !c.json {
						c.print("%-20s %-16s %-9s %s", u.Login, u.Name, u.State, strings.Join(u.Roles, ","))
					}
				}
				if c.json {
					return c.printJSON(out)
				}
				return nil
			})
		},
	}
	c.jsonFlag(cmd)
	return cmd
}

func (c *command) userPasswordCmd() *cobra.Command {
	t := c.lang.pick
	return &cobra.Command{
		Use: "password LOGIN", Short: t("重设密码，并结束此人的全部会话", "Set a new password and end all sessions of that person"), Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				password, err := c.readPassword()
				if err != nil {
					return err
				}
				u, err := a.Users.ByLogin(ctx, args[0])
				if err != nil {
					return err
				}
				must := true
				_, err = a.Users.Update(ctx, u.ID, u.Version, user.Input{Password: &password, MustChangePassword: &must})
				if err == nil {
					c.print(t("已重设 %s 的密码；首次登录须修改。", "Password of %s set; it must be changed at the next sign-in."), u.Login)
				}
				return err
			})
		},
	}
}

func (c *command) userStateCmd(verb string, state user.State) *cobra.Command {
	t := c.lang.pick
	short := t("启用用户", "Enable a user")
	if state == user.Disabled {
		short = t("停用用户，并结束其会话和令牌", "Disable a user and end sessions and tokens")
	}
	return &cobra.Command{
		Use: verb + " LOGIN", Short: short, Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				u, err := a.Users.ByLogin(ctx, args[0])
				if err != nil {
					return err
				}
				if _, err = a.Users.Update(ctx, u.ID, u.Version, user.Input{State: &state}); err == nil {
					c.print("%s: %s", u.Login, state)
				}
				return err
			})
		},
	}
}

// userUnlockCmd is the way in when nobody is left who may take a lost second factor away.
func (c *command) userUnlockCmd() *cobra.Command {
	t := c.lang.pick
	return &cobra.Command{
		Use: "unlock LOGIN", Short: t("清除此人的二次验证，并结束全部会话", "Take the second factor of that person away and end all sessions"), Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				u, err := a.Users.ByLogin(ctx, args[0])
				if err != nil {
					return err
				}
				if err = a.Users.ResetFactors(ctx, u.ID); err == nil {
					c.print(t("%s 以后只凭密码登录。", "%s signs in by password alone now."), u.Login)
				}
				return err
			})
		},
	}
}

// readPassword asks at a terminal without showing what is typed, and reads one line otherwise.
func (c *command) readPassword() (string, error) {
	if f, ok := c.in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		c.say("%s", c.lang.pick("密码（至少 12 个字符）：", "Password (at least 12 characters):"))
		b, err := term.ReadPassword(int(f.Fd()))
		return string(b), err
	}
	line, err := bufio.NewReader(c.in).ReadString('\n')
	if line = strings.TrimRight(line, "\r\n"); line != "" {
		return line, nil
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return "", c.usage("没有从标准输入读到密码。", "No password came on standard input.")
}
