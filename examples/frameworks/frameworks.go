package frameworks

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/labstack/echo/v4"
	"github.com/qooqie/qooqie/tracking"
)

// Chi returns a chi router that serves page at "/", with the tracker as
// middleware.
func Chi(t *tracking.Tracker, page []byte) http.Handler {
	r := chi.NewRouter()
	r.Use(t.Handler)
	r.Handle("/qooqie/*", t.Routes())
	r.Get("/", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(page)
	})
	return r
}

// Echo returns an echo router that serves page at "/", with the tracker as
// middleware.
func Echo(t *tracking.Tracker, page []byte) http.Handler {
	e := echo.New()
	e.Use(echo.WrapMiddleware(t.Handler))
	e.Any("/qooqie/*", echo.WrapHandler(t.Routes()))
	e.GET("/", func(c echo.Context) error { return c.HTMLBlob(http.StatusOK, page) })
	return e
}

// Gin returns a gin router that serves page at "/", with the tracker around it:
// gin's own middleware can't replace a response writer.
func Gin(t *tracking.Tracker, page []byte) http.Handler {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	r.Any("/qooqie/*path", gin.WrapH(t.Routes()))
	r.GET("/", func(c *gin.Context) { c.Data(http.StatusOK, "text/html; charset=utf-8", page) })
	return t.Handler(r)
}
