using System.Runtime.InteropServices;

namespace BroadcastCaptions.ObsPlugin.Native;

/// <summary>The named arguments of a call through libobs's procedure handlers.</summary>
internal sealed unsafe class CallData : IDisposable
{
    private LibObs.CallData* _data = (LibObs.CallData*)NativeMemory.AllocZeroed((nuint)sizeof(LibObs.CallData));

    /// <summary>libobs's own structure.</summary>
    public LibObs.CallData* Pointer => _data;

    /// <summary>Sets an argument: a pointer, or the text that it points to.</summary>
    public void Set(string name, nint value, bool isText = false)
    {
        if (isText) LibObs.calldata_set_data(_data, name, (void*)value, (nuint)Utf8.Bytes((byte*)value).Length + 1);
        else LibObs.calldata_set_data(_data, name, &value, (nuint)sizeof(nint));
    }

    /// <summary>A pointer that the call returned; 0 where it did not.</summary>
    public nint Get(string name) => Get(_data, name);

    /// <summary>A pointer in arguments that libobs passes us; 0 where there is none.</summary>
    public static nint Get(LibObs.CallData* data, string name)
    {
        nint value = 0;
        return LibObs.calldata_get_data(data, name, &value, (nuint)sizeof(nint)) != 0 ? value : 0;
    }

    /// <summary>A flag in arguments that libobs passes us; false where there is none.</summary>
    public static bool IsSet(LibObs.CallData* data, string name)
    {
        byte value = 0;
        return LibObs.calldata_get_data(data, name, &value, sizeof(byte)) != 0 && value != 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_data is null) return;
        LibObs.bfree(_data->Stack);
        NativeMemory.Free(_data);
        _data = null;
    }
}
