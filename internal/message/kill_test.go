package message_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"kezhi/internal/app"
	"kezhi/internal/authz"
	"kezhi/internal/channel"
	"kezhi/internal/clock"
	"kezhi/internal/config"
	"kezhi/internal/customer"
	"kezhi/internal/dbtest"
	"kezhi/internal/message"
)

// killVariable names the data folder, database and webhook of a child process that delivers until it is killed.
const killVariable = "KEZHI_TEST_KILL_MESSAGE"

func TestMain(m *testing.M) {
	dbtest.Main(m, map[string]func(string) error{killVariable: deliverUntilKilled})
}

func settings(dir, dsn, hook string) config.Config {
	c := config.Config{Data: dir, DB: dsn, Timezone: "Asia/Shanghai"}
	c.Channels.Outbound.Allow = []string{"127.0.0.1"}
	c.Channels.Webhook = channel.WebhookConfig{URL: hook, Secret: "s"}
	return c
}

func child(dir string) (config.Config, error) {
	dsn, err := os.ReadFile(filepath.Join(dir, "dsn"))
	if err != nil {
		return config.Config{}, err
	}
	hook, err := os.ReadFile(filepath.Join(dir, "hook"))
	return settings(dir, string(dsn), string(hook)), err
}

// acknowledged hands messages on and says so on standard output before anything is written down.
type acknowledged struct{ channel.Sender }

func (a acknowledged) Send(ctx context.Context, m channel.Message) (channel.Receipt, error) {
	r, err := a.Sender.Send(ctx, m)
	fmt.Fprintln(os.Stdout, m.Key)
	return r, err
}

func deliverUntilKilled(dir string) error {
	c, err := child(dir)
	if err != nil {
		return err
	}
	a, err := app.New(context.Background(), c, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	ways, err := channel.New(c.Channels, clock.System)
	if err != nil {
		return err
	}
	hook, _ := ways.Get(channel.Webhook)
	s := message.New(message.Deps{
		DB: a.DB, Now: clock.System, Loc: c.Location(), Bus: a.Bus, Queue: a.Queue, Customers: a.Customers, Facts: a.Facts, Log: slog.New(slog.DiscardHandler),
		Channels: ways.With(channel.Webhook, acknowledged{hook}),
	})
	_, err = s.Deliver(context.Background(), func(int64) error { return nil })
	return err
}

// A process killed between handing a message over and writing it down leaves nothing lost and nothing doubled without the
// same key: the webhook, which knows keys, is given at most one message twice; a channel that knows none would be asked about.
func TestAKilledProcessNeitherLosesNorDoublesMessages(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { killed(t, filepath.Join(t.TempDir(), "kezhi.db")) })
	t.Run("postgres", func(t *testing.T) { killed(t, dbtest.EmptyPostgres(t)) })
}

func killed(t *testing.T, dsn string) {
	dir, got := t.TempDir(), make(chan string, 1000)
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { got <- r.Header.Get(channel.HeaderKey) }))
	defer hook.Close()
	for name, content := range map[string]string{"dsn": dsn, "hook": hook.URL} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tick := time.Now()
	c, err := child(dir)
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.NewAt(t.Context(), c, slog.New(slog.DiscardHandler), func() time.Time { tick = tick.Add(time.Microsecond); return tick.UTC() })
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.Close() }()
	system := authz.With(t.Context(), authz.System("test"))
	if _, err := a.Messages.SetPolicy(system, message.Policy{CapDays: 1, Language: message.Chinese}); err != nil {
		t.Fatal(err)
	}
	one, err := a.Customers.Create(system, customer.Input{Code: "K1", Party: customer.PartyOrg, Name: "东海瑞丰商贸"})
	if err != nil {
		t.Fatal(err)
	}
	const total = 40
	ids := map[string]int64{}
	for range total {
		m, err := a.Messages.Send(system, message.SendInput{CustomerID: one.ID, Channel: channel.Webhook, Purpose: message.Answer, Body: "好"})
		if err != nil {
			t.Fatal(err)
		}
		ids[fmt.Sprintf("kezhi-%d", m.ID)] = m.ID
	}
	for range 3 {
		dbtest.KillAfter(t, killVariable+"="+dir, 7)
		tick = tick.Add(time.Hour) // whoever looks next sees that nobody is coming back
	}
	if _, err := a.Messages.Deliver(system, func(int64) error { return nil }); err != nil {
		t.Fatal(err)
	}
	times := map[string]int{}
	for len(got) > 0 {
		times[<-got]++
	}
	twice := 0
	for key, messageID := range ids {
		m, err := a.Messages.Get(system, messageID)
		if err != nil || m.State != message.Sent || times[key] == 0 || times[key] > 4 {
			t.Errorf("%s went out %d times and is %s, %v", key, times[key], m.State, err)
		}
		if times[key] > 1 {
			twice++
		}
	}
	if twice > 3 || len(times) != total {
		t.Errorf("%d messages went out, %d of them more than once after three kills", len(times), twice)
	}
}
