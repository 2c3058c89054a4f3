namespace BroadcastCaptions.Audio.Wasapi.Native;

/// <summary>IAudioCaptureClient. Results below 0 mean that the device has gone.</summary>
internal sealed unsafe class CaptureClient(nint self) : ComObject(self)
{
    /// <summary>Its interface's id.</summary>
    public static readonly Guid Interface = new("C8ADBD64-E71E-48a0-A4DE-185C395CD317");

    /// <summary>Frames of the next packet; 0: there is none yet.</summary>
    public int NextPacket(out uint frames)
    {
        fixed (uint* size = &frames) return ((delegate* unmanaged[Stdcall]<nint, uint*, int>)Method(5))(Self, size);
    }

    /// <summary>Opens the next packet.</summary>
    public int Open(out Packet packet)
    {
        fixed (Packet* p = &packet)
            return ((delegate* unmanaged[Stdcall]<nint, float**, uint*, BufferFlags*, ulong*, ulong*, int>)Method(3))(Self, &p->Samples, &p->Frames, &p->Flags, &p->Position, &p->Time);
    }

    /// <summary>Gives it back.</summary>
    public int Close(in Packet packet) => ((delegate* unmanaged[Stdcall]<nint, uint, int>)Method(4))(Self, packet.Frames);

    /// <summary>What came at once.</summary>
    internal struct Packet
    {
        /// <summary>Interleaved.</summary>
        public float* Samples;

        /// <summary>How many for each channel.</summary>
        public uint Frames;

        /// <summary>What is to be known of it.</summary>
        public BufferFlags Flags;

        /// <summary>Frames that the device had recorded before the first.</summary>
        public ulong Position;

        /// <summary>When the first one sounded, in 100 ns of the machine's performance counter.</summary>
        public ulong Time;
    }
}
