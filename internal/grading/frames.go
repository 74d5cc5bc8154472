package grading

import (
	"context"
	"fmt"
	"sync"

	"kezhi/internal/db"
	"kezhi/internal/rule"
)

// keptFrames bounds how many frames a process keeps; there is one per version and scheme, at some tens of kilobytes each.
const keptFrames = 64

// Frames reads stored explanations: a verdict keeps only what is its own, the rest is in the frame it names. It keeps the frames
// it has read, which never change. The zero value is ready; it is safe for concurrent use.
type Frames struct {
	mu    sync.Mutex
	known map[int64]*rule.Frame
}

// Explanation gives the JSON of a verdict's explanation (rule.Explanation) from its columns frame and explanation. Frame 0 means
// that the text is the whole explanation, as releases before 0.2.0 wrote it. Errors: rule.ErrPack for damaged rows, the database's.
func (f *Frames) Explanation(ctx context.Context, q db.Q, frame int64, text []byte) ([]byte, error) {
	if frame == 0 {
		return text, nil
	}
	one, err := f.frame(ctx, q, frame)
	if err != nil {
		return nil, err
	}
	return one.Unpack(text)
}

func (f *Frames) frame(ctx context.Context, q db.Q, id int64) (*rule.Frame, error) {
	f.mu.Lock()
	one := f.known[id]
	f.mu.Unlock()
	if one != nil {
		return one, nil
	}
	text, err := frameText(ctx, q, id)
	if err != nil {
		return nil, fmt.Errorf("reading the frame %d of an explanation: %w", id, err)
	}
	if one, err = rule.ReadFrame(text); err != nil {
		return nil, err
	}
	if one.ID() != id {
		return nil, fmt.Errorf("%w: the frame %d is not what it was", rule.ErrPack, id)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.known == nil || len(f.known) >= keptFrames {
		f.known = map[int64]*rule.Frame{}
	}
	f.known[id] = one
	return one, nil
}

// isNew says whether a verdict says something else than the one stored before. frame is what this one's explanation fills, nil when
// it is whole.
func (v *Verdict) isNew(h head, frame *rule.Frame) (bool, error) {
	if h.frame != 0 || frame == nil || h.digest == "" {
		return h.digest != v.Digest, nil
	}
	text, err := frame.Unpack(v.Explanation)
	return h.digest != v.wholeDigest(text), err
}

// frame gives what the explanation of a scheme fills, nil out of scope.
func (o *outcome) frame(scheme int) *rule.Frame {
	if scheme >= len(o.said) {
		return nil
	}
	return o.said[scheme].frame
}
