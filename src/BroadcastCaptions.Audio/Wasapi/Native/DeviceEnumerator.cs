using BroadcastCaptions.Audio.Devices;

namespace BroadcastCaptions.Audio.Wasapi.Native;

/// <summary>IMMDeviceEnumerator.</summary>
internal sealed unsafe class DeviceEnumerator : ComObject
{
    private const uint InProcess = 1, Active = 1, ConsoleRole = 0;

    private static readonly Guid Class = new("BCDE0395-E52F-467C-8E3D-C4579291692E");
    private static readonly Guid Interface = new("A95664D2-9614-4F35-A746-DE8DB63617E6");
    private static readonly Lazy<int> Apartment = new(() => Ole32.KeepApartment(out _));

    private DeviceEnumerator(nint self)
        : base(self)
    {
    }

    /// <summary>Makes one.</summary>
    /// <exception cref="DeviceException">Windows has no sound at all.</exception>
    public static DeviceEnumerator Create()
    {
        Check(Apartment.Value, "COM");
        Check(Ole32.Create(Class, 0, InProcess, Interface, out var made), "the list of devices");
        return new DeviceEnumerator(made);
    }

    /// <summary>What is plugged in and enabled.</summary>
    /// <exception cref="DeviceException">The list cannot be had.</exception>
    public IReadOnlyList<Endpoint> All(DataFlow flow)
    {
        nint list;
        Check(((delegate* unmanaged[Stdcall]<nint, DataFlow, uint, nint*, int>)Method(3))(Self, flow, Active, &list), "the list of devices");
        using var collection = new Collection(list);
        return collection.Items();
    }

    /// <summary>Id of the one that is used where none is named; null where there is none.</summary>
    public string? DefaultId(DataFlow flow)
    {
        nint found;
        if (((delegate* unmanaged[Stdcall]<nint, DataFlow, uint, nint*, int>)Method(4))(Self, flow, ConsoleRole, &found) < 0) return null;
        using var endpoint = new Endpoint(found);
        return endpoint.Id;
    }

    /// <summary>A device by Windows' own name of it.</summary>
    /// <param name="id">The name.</param>
    /// <param name="what">What a person calls it.</param>
    /// <exception cref="DeviceException">It has gone.</exception>
    public Endpoint Find(string id, string what)
    {
        nint found;
        fixed (char* name = id)
            Check(((delegate* unmanaged[Stdcall]<nint, char*, nint*, int>)Method(5))(Self, name, &found), what);
        return new Endpoint(found);
    }

    /// <summary>IMMDeviceCollection.</summary>
    private sealed class Collection(nint self) : ComObject(self)
    {
        public Endpoint[] Items()
        {
            uint count;
            Check(((delegate* unmanaged[Stdcall]<nint, uint*, int>)Method(3))(Self, &count), "the number of devices");
            var items = new Endpoint[count];
            for (var i = 0u; i < count; i++)
            {
                nint item;
                Check(((delegate* unmanaged[Stdcall]<nint, uint, nint*, int>)Method(4))(Self, i, &item), "a device");
                items[i] = new Endpoint(item);
            }

            return items;
        }
    }
}
