using BroadcastCaptions.Audio.Devices;

namespace BroadcastCaptions.Audio.Wasapi.Native;

/// <summary>IMMDevice: a microphone, or an output.</summary>
internal sealed unsafe class Endpoint(nint self) : ComObject(self)
{
    private const uint InProcess = 1, Read = 0;

    private static readonly PropertyKey FriendlyName = new(new Guid("a45c254e-df1c-4efd-8020-67d146a850e0"), 14);

    /// <summary>Windows' own name of it.</summary>
    /// <exception cref="DeviceException">It has gone.</exception>
    public string Id
    {
        get
        {
            char* id;
            Check(((delegate* unmanaged[Stdcall]<nint, char**, int>)Method(5))(Self, &id), "a device");
            return Take(id);
        }
    }

    /// <summary>As a person would call it: "Microphone (Yeti)"; null where Windows has no such name.</summary>
    public string? Name()
    {
        nint opened;
        if (((delegate* unmanaged[Stdcall]<nint, uint, nint*, int>)Method(4))(Self, Read, &opened) < 0) return null;
        using var properties = new Properties(opened);
        return properties.Text(FriendlyName);
    }

    /// <summary>What records it, not yet set up.</summary>
    /// <exception cref="DeviceException">It does not let itself be recorded now.</exception>
    public AudioClient Activate(string what)
    {
        nint client;
        fixed (Guid* kind = &AudioClient.Interface)
            Check(((delegate* unmanaged[Stdcall]<nint, Guid*, uint, nint, nint*, int>)Method(3))(Self, kind, InProcess, 0, &client), what);
        return new AudioClient(client);
    }

    /// <summary>IPropertyStore.</summary>
    private sealed class Properties(nint self) : ComObject(self)
    {
        public string? Text(PropertyKey key)
        {
            PropertyValue value = default;
            if (((delegate* unmanaged[Stdcall]<nint, PropertyKey*, PropertyValue*, int>)Method(5))(Self, &key, &value) < 0) return null;
            var text = value.Kind == PropertyValue.Text ? new string((char*)value.Pointer) : null;
            _ = Ole32.Clear(&value);
            return text;
        }
    }
}
