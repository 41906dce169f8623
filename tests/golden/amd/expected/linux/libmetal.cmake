# The link linux-bare-ipc of host linux and remote bare as linux sees it, made by sdtgen.
# Do not edit. Behind a value stands the line that it comes from.

set(BUS_NAME "platform") # domains.yaml:5
set(SHM_IMAGE_BASE 0x60400000) # system.dts:62
set(SHM_IMAGE_SIZE 0x40000) # system.dts:62
set(SHM_PAYLOAD_BASE 0x60510000) # system.dts:93
set(SHM_PAYLOAD_SIZE 0x10000) # system.dts:93
set(SHM_PAYLOAD_HALF_SIZE 0x8000) # system.dts:93
set(SHM_PAYLOAD_RX_OFFSET 0x0) # system.dts:93
set(SHM_PAYLOAD_TX_OFFSET 0x8000) # system.dts:93
set(SHM_DEV_NAME "60510000.data") # system.dts:93
set(SHM0_DESC_BASE 0x60500000) # system.dts:83
set(SHM0_DESC_SIZE 0x1000) # system.dts:83
set(SHM0_DESC_DEV_NAME "60500000.desc0") # system.dts:83
set(SHM1_DESC_BASE 0x60501000) # system.dts:88
set(SHM1_DESC_SIZE 0x1000) # system.dts:88
set(SHM1_DESC_DEV_NAME "60501000.desc1") # system.dts:88
set(SHM_BASE_ADDR 0x60500000) # system.dts:83
set(SHM_SIZE 0x20000) # system.dts:83
set(TTC_DEV_NAME "ff110000.timer") # system.dts:113
set(TTC_BASE_ADDR 0xff110000) # system.dts:113
set(TTC_NODEID 0x18) # system.dts:116
set(IPI_IRQ_VECT_ID 0) # system.dts:124
set(IPI_BASE_ADDR 0xff300000) # system.dts:119
set(IPI_MASK 0x200) # system.dts:134
set(IPI_DEV_NAME "ff300000.ipi") # system.dts:119
