using System.Runtime.InteropServices;

namespace BroadcastCaptions.ObsPlugin.Native;

/// <summary>libobs's settings (obs_data) and properties.</summary>
internal static unsafe partial class ObsSettings
{
    private const string Core = "obs";

    [LibraryImport(Core)] internal static partial nint obs_data_create();

    [LibraryImport(Core)] internal static partial void obs_data_release(nint data);

    [LibraryImport(Core)] internal static partial byte* obs_data_get_json(nint data);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)] internal static partial void obs_data_set_string(nint data, string name, string value);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)] internal static partial void obs_data_set_bool(nint data, string name, byte value);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)] internal static partial void obs_data_set_int(nint data, string name, long value);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)] internal static partial void obs_data_set_default_string(nint data, string name, string value);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)] internal static partial void obs_data_set_default_bool(nint data, string name, byte value);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)] internal static partial void obs_data_set_default_int(nint data, string name, long value);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)] internal static partial byte obs_data_get_bool(nint data, string name);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)] internal static partial long obs_data_get_int(nint data, string name);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)] internal static partial byte* obs_data_get_string(nint data, string name);

    [LibraryImport(Core)] internal static partial nint obs_properties_create();

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)] internal static partial nint obs_properties_add_bool(nint properties, string name, string description);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint obs_properties_add_int_slider(nint properties, string name, string description, int minimum, int maximum, int step);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)] internal static partial nint obs_properties_add_color(nint properties, string name, string description);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint obs_properties_add_text(nint properties, string name, string description, int type);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint obs_properties_add_list(nint properties, string name, string description, int type, int format);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)] internal static partial nuint obs_property_list_add_int(nint property, string name, long value);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint obs_properties_add_button2(nint properties, string name, string text, nint callback, nint parameter);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)] internal static partial void obs_property_set_long_description(nint property, string text);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)] internal static partial void obs_property_set_description(nint property, string text);

    [LibraryImport(Core, StringMarshalling = StringMarshalling.Utf8)] internal static partial nint obs_properties_get(nint properties, string name);
}
