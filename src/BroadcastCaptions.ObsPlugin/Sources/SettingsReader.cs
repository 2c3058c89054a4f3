using BroadcastCaptions.ObsPlugin.Manifest;
using BroadcastCaptions.ObsPlugin.Native;
using BroadcastCaptions.ObsPlugin.Taps;

namespace BroadcastCaptions.ObsPlugin.Sources;

/// <summary>OBS's settings of a source are the plug-in's state, as a flat object; OBS itself keeps what we do not know.</summary>
internal static unsafe class SettingsReader
{
    /// <summary>What the user set.</summary>
    public static TapSettings Read(nint settings)
    {
        var manifest = PluginManifest.Bundled;
        var state = PluginState.Load(manifest, Utf8.Bytes(ObsSettings.obs_data_get_json(settings)).ToArray());
        // OBS writes no defaults into its JSON, and colours the other way round.
        foreach (var parameter in manifest.Parameters)
        {
            state.Set(parameter.Id, parameter.Type switch
            {
                ParameterType.Switch => ObsSettings.obs_data_get_bool(settings, parameter.Id),
                ParameterType.Colour => Swap(ObsSettings.obs_data_get_int(settings, parameter.Id)),
                _ => ObsSettings.obs_data_get_int(settings, parameter.Id),
            });
        }

        return TapSettings.From(state);
    }

    /// <summary>The manifest's defaults, and the version of the state.</summary>
    public static void SetDefaults(nint settings)
    {
        var manifest = PluginManifest.Bundled;
        ObsSettings.obs_data_set_int(settings, PluginState.VersionField, manifest.StateVersion);
        foreach (var text in manifest.Texts) ObsSettings.obs_data_set_default_string(settings, text.Id, text.Default);
        foreach (var parameter in manifest.Parameters)
        {
            if (parameter.Type == ParameterType.Switch) ObsSettings.obs_data_set_default_bool(settings, parameter.Id, (byte)parameter.Default);
            else ObsSettings.obs_data_set_default_int(settings, parameter.Id, parameter.Type == ParameterType.Colour ? Swap((long)parameter.Default) : (long)parameter.Default);
        }
    }

    // 0xAABBGGRR ↔ 0xRRGGBB
    private static long Swap(long colour) => ((colour & 0xFF) << 16) | (colour & 0xFF00) | ((colour >> 16) & 0xFF);
}
