package message_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"kezhi/internal/channel"
	"kezhi/internal/dbtest"
	"kezhi/internal/message"
)

// A greeting that failed and was approved anew is not tried again beside the new one.
func TestAReplacedGreetingIsNotTriedAgain(t *testing.T) {
	each(t, func(h *house) {
		in := message.SendInput{Channel: channel.Mail, Purpose: message.Greeting, Subject: "生日", Body: "快乐", Ref: message.RefDuty + "5", Key: "one"}
		old := h.send(h.lin, in)
		dbtest.Exec(h.t, h.app.DB, "UPDATE message SET state = 'failed' WHERE id = ?", old.ID)
		in.Key = "two"
		next := h.send(h.lin, in)
		_, err := h.s.Again(h.lin, old.ID)
		h.refused(err, "message.replaced")
		dbtest.Exec(h.t, h.app.DB, "UPDATE message SET state = 'failed' WHERE id = ?", next.ID)
		if got, err := h.s.Again(h.lin, old.ID); err != nil || got.State != message.Queued {
			h.t.Fatalf("neither is under way: %v %v", got.State, err)
		}
	})
}

// What killed the process twelve times is not handed over for ever, even where the other side would know it again.
func TestWhatKillsTheProcessIsNotTriedForEver(t *testing.T) {
	each(t, func(h *house) {
		m := h.send(h.lin, message.SendInput{Channel: channel.Webhook, Purpose: message.Notice, Subject: "通知", Body: "内容"})
		dbtest.Exec(h.t, h.app.DB, "UPDATE message SET state = 'sending', attempts = 12, claimed_at = ? WHERE id = ?", h.now().UnixMicro(), m.ID)
		h.move(4 * time.Minute)
		h.deliver()
		h.want(m.ID, message.Unclear, "message.interrupted")
		if n := len(h.hook.taken()); n != 0 {
			h.t.Fatalf("handed over %d times", n)
		}
	})
}

func TestALinkIsPassedOnAsItCame(t *testing.T) {
	each(t, func(h *house) {
		handler, err := h.app.Handler()
		h.must(err)
		res := httptest.NewRecorder()
		handler.ServeHTTP(res, httptest.NewRequest(http.MethodGet, "/api/v1/public/messages/unsubscribe/a%26b%3Dc%23d", nil))
		if got := res.Header().Get("Location"); got != "/unsubscribe?token=a%26b%3Dc%23d" {
			h.t.Fatalf("%d %q", res.Code, got)
		}
	})
}
