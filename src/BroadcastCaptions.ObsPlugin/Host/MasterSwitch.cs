namespace BroadcastCaptions.ObsPlugin.Host;

/// <summary>Captions on or off for all taps, and the panic button: set by hotkeys and vendor requests, read by all threads.</summary>
internal static class MasterSwitch
{
    private static volatile bool s_on = true;
    private static int s_clears;

    /// <summary>Are captions on?</summary>
    public static bool IsOn
    {
        get => s_on;
        set => s_on = value;
    }

    /// <summary>How often the screens were to be cleared.</summary>
    public static int Clears => Volatile.Read(ref s_clears);

    /// <summary>Asks the captioner to empty every screen.</summary>
    public static void Clear() => Interlocked.Increment(ref s_clears);
}
