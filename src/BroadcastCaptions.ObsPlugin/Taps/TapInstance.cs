using BroadcastCaptions.Bridge.Messages;
using BroadcastCaptions.ObsPlugin.Host;
using BroadcastCaptions.ObsPlugin.Link;

namespace BroadcastCaptions.ObsPlugin.Taps;

/// <summary>One tap in the host: a filter on a source, or an output track.</summary>
internal abstract class TapInstance(TapSettings settings) : IDisposable
{
    private volatile TapSettings _settings = settings;

    /// <summary>Where it sits.</summary>
    public abstract SourceKind Kind { get; }

    /// <summary>What the host passes to its callbacks.</summary>
    public abstract nint Data { get; }

    /// <summary>The host's names for it, UTF-8; read again by <see cref="Refresh"/>. Sender only.</summary>
    public byte[] Name { get; protected set; } = [];

    /// <summary>The audio thread's side.</summary>
    public AudioTap Tap { get; } = new();

    /// <summary>The sender's side.</summary>
    public BridgeLink Link { get; } = new();

    /// <summary>What the user set. Any thread.</summary>
    public TapSettings Settings => _settings;

    /// <summary>Is captioning switched off, here or for all? Any thread.</summary>
    public bool IsOff => _settings.IsOff || !MasterSwitch.IsOn;

    /// <summary>The user changed something.</summary>
    public virtual void Update(TapSettings settings) => _settings = settings;

    /// <summary>Sender, now and then: looks at the host, attaches where it is not yet attached.</summary>
    /// <returns>False: not ready to be captioned.</returns>
    public abstract bool Refresh();

    /// <summary>The host has let go of it: no callback comes any more. Its sender frees the rest by <see cref="Dispose"/>.</summary>
    public abstract void Detach();

    /// <summary>Frees everything; the sender, last of all.</summary>
    public void Dispose()
    {
        Link.Dispose();
        Tap.Dispose();
    }
}
