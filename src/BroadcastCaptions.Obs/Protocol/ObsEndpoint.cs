namespace BroadcastCaptions.Obs;

/// <summary>Where an OBS listens, and the password that it asks for. The password never appears in its text form.</summary>
/// <param name="Host">Host name or address.</param>
/// <param name="Port">TCP port, 1 … 65535.</param>
/// <param name="Password">Password; null where none is known.</param>
public sealed record ObsEndpoint(string Host, int Port, string? Password)
{
    /// <summary>obs-websocket's own default port.</summary>
    public const int DefaultPort = 4455;

    /// <summary>The address that OBS and we share when nothing else is said: IPv4, because OBS may listen there only.</summary>
    public const string DefaultHost = "127.0.0.1";

    internal Uri Address => new UriBuilder("ws", Host, Port).Uri;

    /// <summary>Host and port, never the password.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
