namespace BroadcastCaptions.ObsPlugin.Host;

/// <summary>What hotkeys and vendor requests can ask for.</summary>
internal static class MasterCommand
{
    public const string On = "on", Off = "off", Toggle = "toggle", Clear = "clear";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [On, Off, Toggle, Clear];

    /// <summary>Does it.</summary>
    public static void Do(string command)
    {
        switch (command)
        {
            case On: MasterSwitch.IsOn = true; break;
            case Off: MasterSwitch.IsOn = false; break;
            case Toggle: MasterSwitch.IsOn = !MasterSwitch.IsOn; break;
            case Clear: MasterSwitch.Clear(); break;
        }
    }
}
