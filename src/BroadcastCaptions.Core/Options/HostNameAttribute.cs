namespace BroadcastCaptions.Options;

/// <summary>A machine, without scheme and port: what <see cref="UriBuilder"/> would not take for a host ends a show in a fault of ours.</summary>
public sealed class HostNameAttribute() : TextRuleAttribute("a machine's name or address without ws:// and port (studio-pc, 192.168.1.5)")
{
    /// <inheritdoc/>
    public override bool Allows(string text) => Uri.CheckHostName(text) != UriHostNameType.Unknown;
}
