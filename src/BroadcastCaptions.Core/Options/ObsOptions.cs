using System.ComponentModel.DataAnnotations;

namespace BroadcastCaptions.Options;

/// <summary>OBS Studio, over its WebSocket server.</summary>
public sealed class ObsOptions
{
    /// <summary>Show captions in OBS when it runs.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Host name; null: this machine.</summary>
    [HostName]
    public string? Host { get; set; }

    /// <summary>Port, 1 … 65535; null: read from OBS's own configuration, else 4455.</summary>
    [Range(1, 65535)]
    public int? Port { get; set; }

    /// <summary>Password; null: read from OBS's own configuration. Never logged.</summary>
    public string? Password { get; set; }

    /// <summary>Name of the text source that shows the captions.</summary>
    [Name]
    public string Source { get; set; } = "BroadcastCaptions";

    /// <summary>Caption a microphone even while its OBS input is muted.</summary>
    public bool Always { get; set; }
}
