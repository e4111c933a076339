package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// chromium is a Chromium that obeys over a pair of pipes, in Chrome's DevTools
// protocol: https://chromedevtools.github.io/devtools-protocol. Messages are
// JSON and end in a NUL.
type chromium struct {
	t      testing.TB
	in     io.Writer
	out    *bufio.Reader
	lastID int
	events []message // that came while something else was awaited
}

// message is a command's reply, or an event.
type message struct {
	ID      int             `json:"id"`
	Session string          `json:"sessionId"`
	Method  string          `json:"method"`
	Result  json.RawMessage `json:"result"`
	Error   *struct {
		Message string `json:"message"`
	} `json:"error"`
}

// startChromium runs a Chromium without windows until the test ends.
func startChromium(t *testing.T, path string) *chromium {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("Windows hands no pipes to a program")
	}
	commands, in, err := os.Pipe()
	require.NoError(t, err)
	out, replies, err := os.Pipe()
	require.NoError(t, err)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), 3*patience)
	cmd := exec.CommandContext(ctx, path, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
		"--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-component-update",
		"--disable-sync", "--no-proxy-server", "--user-data-dir="+t.TempDir(), "--remote-debugging-pipe")
	cmd.ExtraFiles = []*os.File{commands, replies} // 3 and 4, as the flag has it
	log := newOutput()
	cmd.Stderr = log
	require.NoError(t, cmd.Start())
	require.NoError(t, commands.Close())
	require.NoError(t, replies.Close())
	c := &chromium{t: t, in: in, out: bufio.NewReader(out)}
	t.Cleanup(func() {
		defer cancel()
		// Its children write into the profile until they have ended, too, which
		// Wait sees: they share its standard error.
		_, _ = io.WriteString(in, `{"id":0,"method":"Browser.close"}`+"\x00")
		go func() { _, _ = io.Copy(io.Discard, out) }()
		_ = cmd.Wait()
		_ = in.Close()
		_ = out.Close()
		if t.Failed() {
			t.Log(log)
		}
	})
	return c
}

// call carries out a command and reads its result into result, which may be nil.
func (c *chromium) call(session, method string, params map[string]any, result any) {
	c.t.Helper()
	c.lastID++
	command, err := json.Marshal(map[string]any{
		"id": c.lastID, "sessionId": session, "method": method, "params": params,
	})
	require.NoError(c.t, err)
	if session == "" {
		command, err = json.Marshal(map[string]any{"id": c.lastID, "method": method, "params": params})
		require.NoError(c.t, err)
	}
	_, err = c.in.Write(append(command, 0))
	require.NoError(c.t, err)
	for {
		m := c.read()
		if m.ID != c.lastID {
			c.events = append(c.events, m)
			continue
		}
		require.Nil(c.t, m.Error, "%s: %v", method, m.Error)
		if result != nil {
			require.NoError(c.t, json.Unmarshal(m.Result, result))
		}
		return
	}
}

// await waits for an event of a session.
func (c *chromium) await(session, method string) {
	c.t.Helper()
	for i := 0; ; i++ {
		if i == len(c.events) {
			c.events = append(c.events, c.read())
		}
		if m := c.events[i]; m.Session == session && m.Method == method {
			return
		}
	}
}

// read reads the next message.
func (c *chromium) read() (m message) {
	c.t.Helper()
	text, err := c.out.ReadBytes(0)
	require.NoError(c.t, err, "Chromium has ended")
	require.NoError(c.t, json.Unmarshal(text[:len(text)-1], &m))
	return m
}

// tab is a tab in a profile of its own, which shares no cookies with others.
type tab struct {
	*chromium
	session string
}

// newBrowser opens a tab in a new profile. It says that it has a window: without
// one it is a robot, which gets no number.
func (c *chromium) newBrowser(t *testing.T) browser {
	t.Helper()
	var profile struct {
		ID string `json:"browserContextId"`
	}
	c.call("", "Target.createBrowserContext", nil, &profile)
	var target struct {
		ID string `json:"targetId"`
	}
	c.call("", "Target.createTarget", map[string]any{"url": "about:blank", "browserContextId": profile.ID}, &target)
	var attached struct {
		Session string `json:"sessionId"`
	}
	c.call("", "Target.attachToTarget", map[string]any{"targetId": target.ID, "flatten": true}, &attached)
	b := &tab{chromium: c, session: attached.Session}
	c.call(b.session, "Page.enable", nil, nil)
	c.call(b.session, "Network.setUserAgentOverride", map[string]any{
		"userAgent": chrome,
		"userAgentMetadata": map[string]any{
			"brands": []map[string]string{{"brand": "Chromium", "version": "142"}}, "platform": "Linux",
			"platformVersion": "", "architecture": "x86", "model": "", "mobile": false,
		},
	}, nil)
	return b
}

// open loads a page and returns its document, written as HTML.
func (b *tab) open(t *testing.T, url string) string {
	t.Helper()
	b.events = nil
	var navigation struct {
		Error string `json:"errorText"`
	}
	b.call(b.session, "Page.navigate", map[string]any{"url": url}, &navigation)
	require.Empty(t, navigation.Error)
	b.await(b.session, "Page.loadEventFired")
	var evaluated struct {
		Result struct {
			Value string `json:"value"`
		} `json:"result"`
	}
	b.call(b.session, "Runtime.evaluate", map[string]any{"expression": "document.documentElement.outerHTML"}, &evaluated)
	return evaluated.Result.Value
}

// cookies returns the names of the cookies, which no script can see.
func (b *tab) cookies(t *testing.T, url string) []string {
	t.Helper()
	var jar struct {
		Cookies []struct {
			Name     string `json:"name"`
			HTTPOnly bool   `json:"httpOnly"`
			SameSite string `json:"sameSite"`
		} `json:"cookies"`
	}
	b.call(b.session, "Network.getCookies", map[string]any{"urls": []string{url}}, &jar)
	var names []string
	for _, c := range jar.Cookies {
		require.True(t, c.HTTPOnly, c.Name)
		require.Equal(t, "Lax", c.SameSite, c.Name)
		names = append(names, c.Name)
	}
	return names
}
