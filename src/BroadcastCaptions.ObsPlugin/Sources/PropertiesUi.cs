using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BroadcastCaptions.ObsPlugin.Host;
using BroadcastCaptions.ObsPlugin.Manifest;
using BroadcastCaptions.ObsPlugin.Native;
using BroadcastCaptions.ObsPlugin.Taps;

namespace BroadcastCaptions.ObsPlugin.Sources;

/// <summary>The properties that OBS shows: the manifest's parameters and texts, and how the captioner is.</summary>
internal static unsafe class PropertiesUi
{
    private const string Status = "status", Look = "look";
    private const int PlainText = 0, Information = 3;
    private const int DropDown = 2, Numbers = 1;

    /// <summary>Makes them for a tap, or for none yet.</summary>
    public static nint Build(string kind, TapInstance? tap)
    {
        var manifest = PluginManifest.Bundled;
        var properties = ObsSettings.obs_properties_create();
        foreach (var text in manifest.Texts)
            ObsSettings.obs_property_set_long_description(ObsSettings.obs_properties_add_text(properties, text.Id, text.Name, PlainText), text.Help);
        foreach (var parameter in manifest.Of(kind))
            ObsSettings.obs_property_set_long_description(Add(properties, parameter), parameter.Help);
        ObsSettings.obs_properties_add_text(properties, Status, StatusOf(tap), Information);
        ObsSettings.obs_properties_add_button2(properties, Look, "Look again", (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint, byte>)&OnLook, 0);
        return properties;
    }

    private static nint Add(nint properties, Parameter parameter)
    {
        switch (parameter.Type)
        {
            case ParameterType.Switch: return ObsSettings.obs_properties_add_bool(properties, parameter.Id, parameter.Name);
            case ParameterType.Colour: return ObsSettings.obs_properties_add_color(properties, parameter.Id, parameter.Name);
            case ParameterType.Number:
                var step = (int)((parameter.Maximum - parameter.Minimum) / parameter.Steps);
                return ObsSettings.obs_properties_add_int_slider(properties, parameter.Id, parameter.Name, (int)parameter.Minimum, (int)parameter.Maximum, step);
            default:
                var list = ObsSettings.obs_properties_add_list(properties, parameter.Id, parameter.Name, DropDown, Numbers);
                for (var index = 0; index < parameter.Choices.Count; index++) ObsSettings.obs_property_list_add_int(list, parameter.Choices[index].Name, index);
                return list;
        }
    }

    private static string StatusOf(TapInstance? tap) => tap is null ? "" : StatusReport.SentenceOf(tap);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte OnLook(nint properties, nint property, nint data)
    {
        Fence.Run(() => ObsSettings.obs_property_set_description(
            ObsSettings.obs_properties_get(properties, Status), StatusOf(Plugin.Sender.Taps.FirstOrDefault(tap => tap.Data == data))));
        return 1;
    }
}
