using System.Net.Http.Headers;
using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>
/// Hugging Face, as its own tools are configured: HF_ENDPOINT names a mirror that stands in its place, HF_TOKEN opens what needs an account.
/// </summary>
/// <param name="endpoint">The mirror; null: huggingface.co itself.</param>
/// <param name="token">Sent to that host only, over https or on this machine; never shown.</param>
internal sealed class HubAccess(Uri? endpoint, string? token)
{
    private const string Home = "huggingface.co";

    private readonly Uri _endpoint = endpoint ?? new Uri($"https://{Home}");

    /// <summary>What the environment says.</summary>
    /// <exception cref="CaptionsException">HF_ENDPOINT is no address.</exception>
    public static HubAccess FromEnvironment() => new(
        Variable("HF_ENDPOINT") is { } mirror ? Parse(mirror) : null, Variable("HF_TOKEN"));

    /// <summary>Where an address of the catalogue is asked for.</summary>
    public Uri Locate(Uri address) => address.Host == Home ? new Uri(_endpoint.AbsoluteUri.TrimEnd('/') + address.PathAndQuery) : address;

    /// <summary>Is this Hugging Face, or what stands in its place?</summary>
    public bool Owns(Uri address) => address.Authority == _endpoint.Authority && address.Scheme == _endpoint.Scheme;

    /// <summary>Puts the token on a request to the hub; on no other, so that no redirect carries it away.</summary>
    public void Authorize(HttpRequestMessage request)
    {
        var to = request.RequestUri!;
        if (token is not null && Owns(to) && (to.Scheme == Uri.UriSchemeHttps || to.IsLoopback))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name)?.Trim() is { Length: > 0 } value ? value : null;

    private static Uri Parse(string mirror) => Uri.TryCreate(mirror, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        ? uri
        : throw new CaptionsException($"The environment: HF_ENDPOINT is \"{mirror}\"; an http or https address is allowed.", "Correct or remove HF_ENDPOINT.", ExitCode.Usage);
}
