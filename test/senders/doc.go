// Package senders proves from the source that everything that is written to customers passes the one gate of internal/message: which
// packages ask for messages is listed, and none but message touches a channel.
package senders
