using System.Net;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>What a server said, and what the ones that redirected to it said of the file.</summary>
/// <param name="Response">The last answer.</param>
/// <param name="Sha256">The file's SHA-256 by the hub's word (X-Linked-Etag of a large file); null: it gave none.</param>
/// <param name="Size">Its bytes, by the hub's word; null: it gave none.</param>
internal sealed record WebAnswer(HttpResponseMessage Response, string? Sha256, long? Size) : IDisposable
{
    public void Dispose() => Response.Dispose();
}

/// <summary>
/// Asks the web. Follows redirects itself, for a request that goes on to another host must not carry the hub's token there, and what the
/// hub says of a file on the way to its store is worth keeping.
/// </summary>
internal sealed class WebRequests(HttpClient http, HubAccess hub)
{
    private const int MostRedirects = 10;
    private const int Sha256Digits = 64;

    /// <summary>Where an address of the catalogue is asked for.</summary>
    public Uri Locate(Uri address) => hub.Locate(address);

    /// <summary>Does a token open what is closed there?</summary>
    public bool WantsToken(Uri address) => hub.Owns(hub.Locate(address));

    /// <summary>Asks, until the answer is no redirect.</summary>
    /// <exception cref="SourceException">A redirect leads nowhere, or out of https.</exception>
    public async Task<WebAnswer> SendAsync(HttpMethod method, Uri address, Action<HttpRequestMessage> prepare, CancellationToken cancellation)
    {
        var (at, sha256, size) = (hub.Locate(address), (string?)null, (long?)null);
        for (var redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(method, at);
            prepare(request);
            hub.Authorize(request);
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            sha256 ??= Header(response, "X-Linked-Etag")?.Trim('"') is { Length: Sha256Digits } tag && tag.All(char.IsAsciiHexDigit) ? tag.ToLowerInvariant() : null;
            size ??= long.TryParse(Header(response, "X-Linked-Size"), out var bytes) ? bytes : null;
            if (!IsRedirect(response.StatusCode)) return new(response, sha256, size);
            using (response) at = Next(at, response, redirects);
        }
    }

    private static Uri Next(Uri at, HttpResponseMessage response, int redirects)
    {
        if (redirects == MostRedirects) throw new SourceException("redirects without end");
        if (response.Headers.Location is not { } location) throw new SourceException($"answers {(int)response.StatusCode} without saying where to go");
        var next = new Uri(at, location);
        if (next.Scheme is not ("http" or "https") || (at.Scheme == Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttps && !next.IsLoopback))
            throw new SourceException("redirects to an address that is not safe");
        return next;
    }

    private static bool IsRedirect(HttpStatusCode status) => status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found
        or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
