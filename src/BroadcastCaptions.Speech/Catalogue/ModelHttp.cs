using System.Net.Http.Headers;

namespace BroadcastCaptions.Speech.Catalogue;

internal static class ModelHttp
{
    /// <summary>
    /// The client for downloads: the platform's proxy settings (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY where they are set), redirects left
    /// to <see cref="WebRequests"/>, and a short connect timeout so that a home that is out of reach costs seconds before the next source has
    /// its turn. Whole answers may take as long as they progress: <see cref="Downloader"/> watches that.
    /// </summary>
    public static HttpClient Shared { get; } = Create();

    public static HttpClient Create()
    {
        var client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(3), AllowAutoRedirect = false })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("BroadcastCaptions", null));
        return client;
    }
}
