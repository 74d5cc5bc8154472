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

// A message that failed and was written anew for the same thing, a greeting as well as a notice, is not tried again beside the new one.
func TestAReplacedMessageIsNotTriedAgain(t *testing.T) {
	each(t, func(h *house) {
		h.replaced(message.SendInput{Channel: channel.Mail, Purpose: message.Greeting, Subject: "生日", Body: "快乐", Ref: message.RefDuty + "5", Key: "one"})
		h.replaced(message.SendInput{Channel: channel.Mail, Purpose: message.Notice, Subject: "交接", Body: "换人", Ref: "handover:7:5", Key: "three"})
	})
}

func (h *house) replaced(in message.SendInput) {
	h.t.Helper()
	old := h.send(h.lin, in)
	dbtest.Exec(h.t, h.app.DB, "UPDATE message SET state = 'failed' WHERE id = ?", old.ID)
	in.Key += " again"
	next := h.send(h.lin, in)
	_, err := h.s.Again(h.lin, old.ID)
	h.refused(err, "message.replaced")
	dbtest.Exec(h.t, h.app.DB, "UPDATE message SET state = 'failed' WHERE id = ?", next.ID)
	if got, err := h.s.Again(h.lin, old.ID); err != nil || got.State != message.Queued {
		h.t.Fatalf("neither is under way: %v %v", got.State, err)
	}
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
