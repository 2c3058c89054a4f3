using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BroadcastCaptions.ObsPlugin.Native;

namespace BroadcastCaptions.ObsPlugin.Host;

/// <summary>The hotkeys in OBS's settings.</summary>
internal static unsafe class Hotkeys
{
    private static readonly (string Name, string Description)[] Keys =
    [
        (MasterCommand.On, "Captions: on"), (MasterCommand.Off, "Captions: off"), (MasterCommand.Toggle, "Captions: on or off"),
        (MasterCommand.Clear, "Captions: clear the screens"),
    ];

    /// <summary>Tells OBS of them.</summary>
    public static void Register()
    {
        for (var i = 0; i < Keys.Length; i++)
            LibObs.obs_hotkey_register_frontend($"broadcast_captions.{Keys[i].Name}", Keys[i].Description, (nint)(delegate* unmanaged[Cdecl]<nint, nuint, nint, byte, void>)&OnKey, i);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnKey(nint data, nuint id, nint hotkey, byte pressed)
    {
        if (pressed != 0) MasterCommand.Do(Keys[data].Name);
    }
}
